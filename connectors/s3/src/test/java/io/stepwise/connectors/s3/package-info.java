@NullMarked
package io.stepwise.connectors.s3;

import org.jspecify.annotations.NullMarked;
