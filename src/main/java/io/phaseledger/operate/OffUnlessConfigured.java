package io.phaseledger.operate;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Switches on what needs an external server, such as traces and tokens, only where one is configured. */
public final class OffUnlessConfigured implements ConfigSourceFactory {

    private static final String COLLECTOR = "quarkus.otel.exporter.otlp.endpoint";
    private static final String ISSUER = "quarkus.oidc.auth-server-url";

    /** The names of the OpenTelemetry specification, which collectors' documentation tells people to set. */
    private static final Map<String, String> STANDARD = Map.of(
            "otel.exporter.otlp.endpoint", COLLECTOR,
            "otel.exporter.otlp.headers", "quarkus.otel.exporter.otlp.headers",
            "otel.exporter.otlp.protocol", "quarkus.otel.exporter.otlp.protocol",
            "otel.traces.sampler", "quarkus.otel.traces.sampler",
            "otel.traces.sampler.arg", "quarkus.otel.traces.sampler.arg",
            "otel.service.name", "quarkus.otel.service.name");

    /** Above the application's defaults (250), below whatever an operator says (environment: 300). */
    private static final int ORDINAL = 260;

    /** Read by the service loader. */
    public OffUnlessConfigured() {}

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext config) {
        Map<String, String> settings = new HashMap<>();
        STANDARD.forEach((standard, ours) -> {
            if (isSet(config, standard)) {
                settings.put(ours, config.getValue(standard).getValue());
            }
        });
        boolean traced = settings.containsKey(COLLECTOR) || isSet(config, COLLECTOR);
        settings.put("quarkus.otel.sdk.disabled", Boolean.toString(!traced));
        settings.put("quarkus.oidc.tenant-enabled", Boolean.toString(isSet(config, ISSUER)));
        return List.of(new PropertiesConfigSource(settings, "off unless configured", ORDINAL));
    }

    /** By the operator: Quarkus has defaults of its own, which rank below all sources. */
    private static boolean isSet(ConfigSourceContext config, String name) {
        ConfigValue value = config.getValue(name);
        return value != null
                && value.getValue() != null
                && !value.getValue().isBlank()
                && value.getConfigSourceOrdinal() > 0;
    }
}
