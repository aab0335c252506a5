/** Activities, and the answers of workers. */
@NullMarked
package io.stepwise.services.states.activity;

import org.jspecify.annotations.NullMarked;
