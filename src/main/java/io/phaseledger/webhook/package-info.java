/**
 * Calls URLs, by the Standard Webhooks specification (https://www.standardwebhooks.com).
 *
 * <p>{@code WebhookChannel} POSTs a CloudEvent once and says what became of it; when it is tried again is not its
 * business. {@code Headers} signs. {@code GuardedResolver} looks at every address before it is connected to: a URL that a
 * subscriber gives must not lead into the network that the service is in, whatever name it hides behind and whatever that
 * name means by the time of the call. Redirects are not followed, for they would.
 *
 * <p>A leaf: without it, subscriptions to URLs are refused.
 */
@NullMarked
package io.phaseledger.webhook;

import org.jspecify.annotations.NullMarked;
