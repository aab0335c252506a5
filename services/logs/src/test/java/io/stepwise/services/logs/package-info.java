@NullMarked
package io.stepwise.services.logs;

import org.jspecify.annotations.NullMarked;
