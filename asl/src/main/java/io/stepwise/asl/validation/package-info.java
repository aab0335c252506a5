/**
 * What makes a definition valid: a table of fields per object, rules over the graph of states, and
 * AWS's words for every breach. Reads trees and reports; builds nothing.
 */
@NullMarked
package io.stepwise.asl.validation;

import org.jspecify.annotations.NullMarked;
