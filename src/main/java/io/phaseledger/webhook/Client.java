package io.phaseledger.webhook;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.util.Timeout;

/** The HTTP client: no redirects, no cookies, no retries of its own, nothing to inflate, and no address that may not be called. */
@ApplicationScoped
class Client {

    /** More than any instance calls at once; each subscription has one call under way. */
    private static final int CONNECTIONS = 1000;

    private final WebhookConfig config;
    private final CloseableHttpAsyncClient client;

    /** Resolving a name may take seconds and blocks its thread; each call has its own, so no other call waits. */
    private final ExecutorService askers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "webhook-connect");
        thread.setDaemon(true);
        return thread;
    });

    Client(WebhookConfig config, GuardedResolver resolver) {
        this.config = config;
        Timeout timeout = Timeout.of(config.timeout());
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setTlsStrategy(ClientTlsStrategyBuilder.create()
                                .useSystemProperties()
                                .buildAsync())
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .setUserAgent("phase-ledger")
                .disableContentCompression()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
        client.start();
    }

    @PreDestroy
    void close() throws IOException {
        client.close();
        askers.shutdownNow();
    }

    /** The answer; fails when none came in time, and as the connection fails. */
    CompletableFuture<Answer> send(SimpleHttpRequest request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        askers.execute(() -> {
            try {
                Future<Answer> exchange =
                        client.execute(SimpleRequestProducer.create(request), new FirstBytes(), passOn(answer));
                CompletableFuture<Answer> unused = answer.whenComplete((came, failure) -> {
                    if (failure != null) {
                        exchange.cancel(true);
                    }
                });
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static FutureCallback<Answer> passOn(CompletableFuture<Answer> answer) {
        return new FutureCallback<>() {
            @Override
            public void completed(Answer came) {
                answer.complete(came);
            }

            @Override
            public void failed(Exception e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void cancelled() {
                answer.cancel(false);
            }
        };
    }
}
