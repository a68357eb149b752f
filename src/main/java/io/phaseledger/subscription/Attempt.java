package io.phaseledger.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call.
 *
 * @param code the HTTP status that came; null when none did
 * @param response the beginning of what came with it; null when nothing did
 * @param error why it failed, for people; null when it did not
 * @param retryAfter how long the receiver wants to be left alone; null when it did not say
 */
public record Attempt(
        Outcome outcome,
        @Nullable Integer code,
        @Nullable String response,
        @Nullable String error,
        @Nullable Duration retryAfter) {

    /** How many bytes of an answer are kept. */
    public static final int KEPT_BYTES = 500;

    /** What became of it, in a word. */
    public enum Outcome {
        DELIVERED,
        /** Not this time; it is tried again. */
        FAILED,
        /** Never again: the receiver says so. */
        GONE
    }

    /** One that was taken. */
    public static Attempt delivered(@Nullable Integer code, @Nullable String response) {
        return new Attempt(Outcome.DELIVERED, code, response, null, null);
    }

    /** One that failed before there was an answer. */
    public static Attempt failed(String error) {
        return new Attempt(Outcome.FAILED, null, null, error, null);
    }

    /** The same, with what it failed of. */
    public static Attempt failed(Throwable failure) {
        Throwable cause = cause(failure);
        return failed(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    /** What a stage failed of, where it tells of that only as a cause. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** The beginning of an answer, as text that can be stored. */
    public static String kept(byte[] answer) {
        byte[] first = answer.length > KEPT_BYTES ? Arrays.copyOf(answer, KEPT_BYTES) : answer;
        return new String(first, StandardCharsets.UTF_8).replace('\u0000', '\ufffd');
    }
}
