@NullMarked
package io.stepwise.aws;

import org.jspecify.annotations.NullMarked;
