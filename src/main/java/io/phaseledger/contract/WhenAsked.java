package io.phaseledger.contract;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/**
 * Changes nothing; that there is a filter of each request has {@code /q/openapi} written when it is asked for, instead of
 * at each start in two formats. Swagger UI reads the file {@code /openapi.yaml}.
 */
@OpenApiFilter(OpenApiFilter.RunStage.RUNTIME_PER_REQUEST)
public final class WhenAsked implements OASFilter {}
