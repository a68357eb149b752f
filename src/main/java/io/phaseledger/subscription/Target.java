package io.phaseledger.subscription;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription leads.
 *
 * @param url null where it leads to a topic
 * @param topic null where it leads to a URL
 * @param secrets each of which signs; empty for a topic
 */
public record Target(
        UUID subscription, @Nullable String url, @Nullable String topic, List<String> secrets) {}
