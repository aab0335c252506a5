/**
 * The one shard step and what stands around it: gateways, timers, dispatch of effects, replies.
 *
 * <p>The step knows nothing of its host: a plain loop drives it in one process, a Kafka Streams
 * processor in a cluster, and a seeded loop on virtual time in the simulation.
 */
@NullMarked
package io.stepwise.runtime;

import org.jspecify.annotations.NullMarked;
