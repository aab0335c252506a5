/** How the operations of all AWS services are called, and by which names tasks know them. */
@NullMarked
package io.stepwise.aws.model;

import org.jspecify.annotations.NullMarked;
