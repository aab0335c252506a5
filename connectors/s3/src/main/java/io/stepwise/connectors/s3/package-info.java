/**
 * Reads the items of Distributed Maps from objects: a listing, JSON, JSON Lines or delimited text,
 * a page at a time.
 */
@NullMarked
package io.stepwise.connectors.s3;

import org.jspecify.annotations.NullMarked;
