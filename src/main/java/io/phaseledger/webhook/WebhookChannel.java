package io.phaseledger.webhook;

import io.phaseledger.subscription.Attempt;
import io.phaseledger.subscription.Channel;
import io.phaseledger.subscription.Message;
import io.phaseledger.subscription.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.core5.http.ContentType;

/** POSTs to a URL, signed. */
@ApplicationScoped
class WebhookChannel implements Channel {

    private static final ContentType CLOUD_EVENT = ContentType.parse("application/cloudevents+json; charset=utf-8");
    private static final int LAST_PORT = 65_535;

    private final Client client;
    private final Networks networks;
    private final WebhookConfig config;

    WebhookChannel(Client client, Networks networks, WebhookConfig config) {
        this.client = client;
        this.networks = networks;
        this.config = config;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public boolean reaches(Target target) {
        return target.url() != null;
    }

    @Override
    public Optional<String> objection(Target target) {
        URI url;
        try {
            url = new URI(Objects.requireNonNull(target.url()));
        } catch (URISyntaxException e) {
            return Optional.of("is not a URL: " + e.getReason());
        }
        if (!"https".equalsIgnoreCase(url.getScheme())
                && !(config.allowPlaintext() && "http".equalsIgnoreCase(url.getScheme()))) {
            return Optional.of(config.allowPlaintext() ? "must be an http or https URL" : "must be an https URL");
        }
        if (url.getHost() == null || url.getPort() > LAST_PORT || url.getPort() == 0) {
            return Optional.of("must have a host of ASCII letters, digits, hyphens and dots, and a port that there is");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return Optional.of("must have no user and no fragment");
        }
        return networks.refuses(url.getHost())
                ? Optional.of("is in a private, loopback, link-local or reserved network, and"
                        + " phase-ledger.webhooks.allowed-networks does not allow it")
                : Optional.empty();
    }

    @Override
    public CompletionStage<Attempt> send(Target target, Message message) {
        Instant now = Instant.now();
        String body = message.cloudEvent();
        SimpleHttpRequest request = SimpleRequestBuilder.post(Objects.requireNonNull(target.url()))
                .setHeader("webhook-id", message.id())
                .setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .setHeader("webhook-signature", Signatures.of(target.secrets(), message.id(), now, body))
                .setBody(body, CLOUD_EVENT)
                .build();
        return client.send(request).thenApply(Answer::attempt).exceptionally(this::failed);
    }

    private Attempt failed(Throwable failure) {
        Throwable cause = Attempt.cause(failure);
        if (cause instanceof TimeoutException) {
            return Attempt.failed("no whole answer within " + config.timeout());
        }
        if (cause instanceof ClosedChannelException) {
            return Attempt.failed("the connection was closed before there was an answer");
        }
        return Attempt.failed(cause);
    }
}
