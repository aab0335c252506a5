@NullMarked
package io.stepwise.connectors.aws.wire;

import org.jspecify.annotations.NullMarked;
