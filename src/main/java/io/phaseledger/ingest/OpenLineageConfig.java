package io.phaseledger.ingest;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** How jobs of OpenLineage are named in the ledger. */
@ConfigMapping(prefix = "phase-ledger.ingest.openlineage")
interface OpenLineageConfig {

    /**
     * The phases of job namespaces, by names of your choice. A namespace that is not among them has the phase that its
     * last segment names, after the last `/`, `.` or `:`.
     */
    Map<String, Namespace> namespaces();

    /** The phase of the jobs of one namespace. */
    interface Namespace {

        /** A job namespace of OpenLineage, as it is sent, such as `airflow://prod`. */
        String namespace();

        /** The phase of its jobs. */
        String phase();
    }
}
