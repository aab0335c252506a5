/**
 * What executions are made from: state machines with their revisions, versions and aliases,
 * activities, tags. Read from memory, changed under one lock, durable before it is acknowledged.
 */
@NullMarked
package io.stepwise.runtime.catalog;

import org.jspecify.annotations.NullMarked;
