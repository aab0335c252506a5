@NullMarked
package io.stepwise.services.states;

import org.jspecify.annotations.NullMarked;
