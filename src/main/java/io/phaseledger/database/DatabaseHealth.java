package io.phaseledger.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells a probe what is known of the database; it asks nothing and so answers at once, whatever hangs. */
@Readiness
@ApplicationScoped
class DatabaseHealth implements AsyncHealthCheck {

    private final Pulse pulse;
    private final Space space;

    DatabaseHealth(Pulse pulse, Space space) {
        this.pulse = pulse;
        this.space = space;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::answer);
    }

    private HealthCheckResponse answer() {
        HealthCheckResponseBuilder database = HealthCheckResponse.named("database");
        pulse.absence()
                .ifPresentOrElse(
                        absence -> database.down()
                                .withData("reason", absence.reason())
                                .withData("away_for", absence.lasted().toString()),
                        () -> space.lack()
                                .ifPresentOrElse(lack -> database.down().withData("reason", lack), database::up));
        return database.build();
    }
}
