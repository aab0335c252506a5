/**
 * Calls of AWS services: any action as {@code aws-sdk:SERVICE:ACTION}, and the optimized
 * integrations, at the endpoints that the user names.
 */
@NullMarked
package io.stepwise.connectors.aws;

import org.jspecify.annotations.NullMarked;
