/**
 * The HTTP edge: everything that knows Netty, behind {@code Handler}, {@code Responder} and {@code
 * HttpClient}. What a request means belongs elsewhere.
 */
@NullMarked
package io.stepwise.edge;

import org.jspecify.annotations.NullMarked;
