/**
 * The feed as rows: what happened, lane by lane in the order of its commits, for those who must
 * learn of it, and how far each of them has come.
 */
@NullMarked
package io.stepwise.storage.feed;

import org.jspecify.annotations.NullMarked;
