/**
 * The protocols of AWS's services: parameters of a task to a request, an answer to a result or an
 * error, by the model of the service. Pure: nothing here sends, signs or waits.
 */
@NullMarked
package io.stepwise.connectors.aws.wire;

import org.jspecify.annotations.NullMarked;
