/**
 * What there is to run, and who may change it: resources as typed tables over the store, read from
 * memory, changed by one writer. What executions are doing is elsewhere.
 */
@NullMarked
package io.stepwise.catalog;

import org.jspecify.annotations.NullMarked;
