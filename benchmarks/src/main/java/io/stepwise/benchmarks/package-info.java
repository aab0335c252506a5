/** Workloads and figures: what {@code bin/bench} runs. Every figure stands beside its baseline. */
@NullMarked
package io.stepwise.benchmarks;

import org.jspecify.annotations.NullMarked;
