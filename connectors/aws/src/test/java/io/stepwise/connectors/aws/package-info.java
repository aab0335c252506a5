@NullMarked
package io.stepwise.connectors.aws;

import org.jspecify.annotations.NullMarked;
