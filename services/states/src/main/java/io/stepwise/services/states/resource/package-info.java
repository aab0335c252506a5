/**
 * What operations of several resources share: the backend, ARNs, names, errors, and what is read or
 * shown alike.
 */
@NullMarked
package io.stepwise.services.states.resource;

import org.jspecify.annotations.NullMarked;
