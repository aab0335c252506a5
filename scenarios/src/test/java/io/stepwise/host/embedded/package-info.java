/** What a host keeps guests from. */
@NullMarked
package io.stepwise.host.embedded;

import org.jspecify.annotations.NullMarked;
