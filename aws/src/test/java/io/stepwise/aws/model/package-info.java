@NullMarked
package io.stepwise.aws.model;

import org.jspecify.annotations.NullMarked;
