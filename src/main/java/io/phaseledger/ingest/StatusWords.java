package io.phaseledger.ingest;

import java.util.Locale;
import java.util.Map;

/** Other spellings of a status, as the pipeline's jobs write them. Only those are here that can mean nothing else. */
final class StatusWords {

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("complete", "success"),
            Map.entry("completed", "success"),
            Map.entry("succeeded", "success"),
            Map.entry("error", "failed"),
            Map.entry("failure", "failed"),
            Map.entry("started", "running"),
            Map.entry("in_progress", "running"));

    private StatusWords() {}

    /** The ledger's word; the text in lower case where it is none of these, for the ledger to take or to refuse. */
    static String of(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return MEANINGS.getOrDefault(word, word);
    }
}
