package io.phaseledger.mirror;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Shows how the mirror stands, and never that the service is down: a table that is behind stops no recording. */
@Readiness
@ApplicationScoped
class MirrorHealth implements AsyncHealthCheck {

    private final MirrorConfig config;
    private final MirrorStatus standing;
    private final BigQueryConnection link;

    MirrorHealth(MirrorConfig config, MirrorStatus standing, BigQueryConnection link) {
        this.config = config;
        this.standing = standing;
        this.link = link;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::answer);
    }

    private HealthCheckResponse answer() {
        HealthCheckResponseBuilder mirror = HealthCheckResponse.named("mirror").up();
        if (config.project().isEmpty()) {
            return mirror.withData("state", MirrorView.OFF).build();
        }
        MirrorStatus.Snapshot last = standing.last();
        BigQueryConnection.Trouble trouble = link.trouble();
        mirror.withData("state", MirrorView.state(last, trouble))
                .withData("lag", last.lag())
                .withData("lag_for", last.age().toString());
        if (trouble != null) {
            mirror.withData("error", trouble.reason());
        }
        return mirror.build();
    }
}
