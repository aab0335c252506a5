/**
 * What is done outside the shard: calls of connectors, activities, nested executions and children
 * of map runs.
 */
@NullMarked
package io.stepwise.runtime.dispatch;

import org.jspecify.annotations.NullMarked;
