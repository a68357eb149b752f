package io.phaseledger.pubsub;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.core.InstantiatingExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.pubsub.v1.stub.PublisherStub;
import com.google.cloud.pubsub.v1.stub.PublisherStubSettings;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The way to Google, or to an emulator, which all topics share: the only class that knows Google's. */
final class Connection {

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY_DELAY = Duration.ofSeconds(2);
    private static final double RETRY_FACTOR = 2;

    /** How long one try may take, so that one that is swallowed leaves time for another. */
    private static final Duration LONGEST_TRY = Duration.ofSeconds(5);

    /** How long the end of the process waits for messages that are under way. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(1);

    private final PublisherStub stub;

    private Connection(PublisherStub stub) {
        this.stub = stub;
    }

    /**
     * May take seconds, while it looks for credentials where Google's libraries look for them.
     *
     * @throws PublishFailed UNAUTHENTICATED where there are none
     */
    static Connection open(PubSubConfig config) {
        try {
            return new Connection(settings(config).createStub());
        } catch (IOException e) {
            throw new PublishFailed("UNAUTHENTICATED", String.valueOf(e.getMessage()), false);
        }
    }

    private static PublisherStubSettings settings(PubSubConfig config) throws IOException {
        PublisherStubSettings.Builder settings = PublisherStubSettings.newBuilder()
                .setBackgroundExecutorProvider(InstantiatingExecutorProvider.newBuilder()
                        .setExecutorThreadCount(1)
                        .build());
        settings.publishSettings()
                .setBatchingSettings(
                        BatchingSettings.newBuilder().setIsEnabled(false).build())
                .setRetrySettings(retries(config.timeout()));
        config.emulatorHost()
                .ifPresent(host -> settings.setCredentialsProvider(NoCredentialsProvider.create())
                        .setTransportChannelProvider(PublisherStubSettings.defaultGrpcTransportProviderBuilder()
                                .setEndpoint(host)
                                .setChannelConfigurator(builder -> builder.usePlaintext())
                                .build()));
        return settings.build();
    }

    private static RetrySettings retries(Duration timeout) {
        Duration each = timeout.compareTo(LONGEST_TRY) < 0 ? timeout : LONGEST_TRY;
        return RetrySettings.newBuilder()
                .setTotalTimeoutDuration(timeout)
                .setInitialRpcTimeoutDuration(each)
                .setMaxRpcTimeoutDuration(each)
                .setInitialRetryDelayDuration(FIRST_RETRY)
                .setRetryDelayMultiplier(RETRY_FACTOR)
                .setMaxRetryDelayDuration(LONGEST_RETRY_DELAY)
                .build();
    }

    /** The id that the server gave the message, or {@link PublishFailed}. */
    CompletableFuture<String> send(Outgoing message) {
        PublishRequest request = PublishRequest.newBuilder()
                .setTopic(message.topic().name())
                .addMessages(PubsubMessage.newBuilder()
                        .setData(ByteString.copyFromUtf8(message.data()))
                        .putAllAttributes(message.attributes())
                        .setOrderingKey(message.orderingKey()))
                .build();
        return id(stub.publishCallable().futureCall(request));
    }

    private static CompletableFuture<String> id(ApiFuture<PublishResponse> sent) {
        CompletableFuture<String> id = new CompletableFuture<>();
        ApiFutures.addCallback(
                sent,
                new ApiFutureCallback<>() {
                    @Override
                    public void onSuccess(PublishResponse response) {
                        id.complete(response.getMessageIds(0));
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        id.completeExceptionally(failed(failure));
                    }
                },
                MoreExecutors.directExecutor());
        return id;
    }

    /** Google's own client says which codes are worth another try. */
    private static PublishFailed failed(Throwable failure) {
        return failure instanceof ApiException said
                ? new PublishFailed(
                        said.getStatusCode().getCode().name(), String.valueOf(said.getMessage()), said.isRetryable())
                : new PublishFailed("UNKNOWN", failure.toString(), true);
    }

    /** Lets what is under way end within a second, and breaks off the rest. */
    void close() throws InterruptedException {
        stub.shutdown();
        if (!stub.awaitTermination(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
            stub.shutdownNow();
        }
    }
}
