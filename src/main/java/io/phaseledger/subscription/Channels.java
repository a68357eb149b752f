package io.phaseledger.subscription;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.phaseledger.http.EnumNames;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All ways to reach receivers, as one; counts what becomes of calls. */
@Startup // So that its counts are there before the first: a rise from nothing is not seen.
@ApplicationScoped
class Channels {

    private final Instance<Channel> channels;
    private final MeterProvider<Timer> deliveries;

    Channels(Instance<Channel> channels, MeterRegistry registry) {
        this.channels = channels;
        this.deliveries = Timer.builder("phase_ledger.deliveries")
                .description("Calls of subscribers, by channel and outcome")
                .withRegistry(registry);
        for (Channel channel : channels) {
            for (Attempt.Outcome outcome : Attempt.Outcome.values()) {
                timer(channel.name(), outcome);
            }
        }
    }

    /** Why nothing could ever be sent there; empty when something may. */
    Optional<String> objection(Target target) {
        return channel(target)
                .map(channel -> channel.objection(target))
                .orElseGet(() -> Optional.of("there is no way to reach such a target here"));
    }

    /** Never fails: that is an attempt too. */
    CompletionStage<Attempt> call(Target target, Message message) {
        Timer.Sample sample = Timer.start();
        Optional<Channel> channel = channel(target);
        return channel.map(each -> sent(each, target, message))
                .orElseGet(() -> CompletableFuture.completedFuture(Attempt.failed("nothing reaches this target here")))
                .exceptionally(Attempt::failed)
                .thenApply(attempt -> {
                    sample.stop(timer(channel.map(Channel::name).orElse("none"), attempt.outcome()));
                    return attempt;
                });
    }

    private Timer timer(String channel, Attempt.Outcome outcome) {
        return deliveries.withTags("channel", channel, "outcome", EnumNames.of(outcome));
    }

    private static CompletionStage<Attempt> sent(Channel channel, Target target, Message message) {
        try {
            return channel.send(target, message);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(Attempt.failed(e));
        }
    }

    private Optional<Channel> channel(Target target) {
        return channels.stream().filter(each -> each.reaches(target)).findFirst();
    }
}
