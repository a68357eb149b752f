package io.phaseledger.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The server's settings, given on its command line, where they outrank every configuration file. */
final class Settings {

    private static final Map<String, String> ALWAYS = always();

    private Settings() {}

    /** As pg_ctl takes them: no value may contain a blank. */
    static String commandLine(int port) {
        return "-p " + port
                + ALWAYS.entrySet().stream()
                        .map(setting -> " -c " + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining());
    }

    private static Map<String, String> always() {
        Map<String, String> settings = new LinkedHashMap<>();
        // People keep this data: an answered commit has reached the disk.
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");
        // The one way in: a socket's path has a short limit.
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        // A service with a pool of twenty, another beside it, and room for people with psql.
        settings.put("max_connections", "64");
        settings.put("shared_buffers", "64MB");
        settings.put("max_wal_size", "256MB");
        // Parallel queries need /dev/shm, which containers make tiny.
        settings.put("max_parallel_workers_per_gather", "0");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        // One file a weekday, overwritten a week later; statements may carry people's data and stay out.
        settings.put("logging_collector", "on");
        settings.put("log_filename", "postgresql-%a.log");
        settings.put("log_truncate_on_rotation", "on");
        settings.put("log_rotation_age", "1d");
        settings.put("log_rotation_size", "0");
        settings.put("log_min_error_statement", "panic");
        return settings;
    }
}
