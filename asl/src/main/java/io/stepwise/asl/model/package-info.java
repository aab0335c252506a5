/**
 * A state machine definition as values: one record per state type, expressions already compiled.
 *
 * <p>What stands here is valid: {@link io.stepwise.asl.DefinitionCompiler} refuses the rest.
 */
@NullMarked
package io.stepwise.asl.model;

import org.jspecify.annotations.NullMarked;
