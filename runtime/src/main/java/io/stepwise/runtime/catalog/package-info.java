/**
 * State machines, their revisions, versions and aliases, activities and tags: few, small, read all
 * the time. Kept in storage, read from memory.
 */
@NullMarked
package io.stepwise.runtime.catalog;

import org.jspecify.annotations.NullMarked;
