package io.phaseledger.pubsub;

/** A message that was not accepted, or may not have been. */
public final class PublishFailed extends RuntimeException {

    private final String code;
    private final String detail;
    private final boolean isRetryable;

    PublishFailed(String code, String detail, boolean isRetryable) {
        super(code + ": " + detail);
        this.code = code;
        this.detail = detail;
        this.isRetryable = isRetryable;
    }

    /** One of gRPC's names, such as {@code NOT_FOUND}, {@code PERMISSION_DENIED} or {@code UNAVAILABLE}. */
    public String code() {
        return code;
    }

    /** What was said, in a sentence for people. */
    public String detail() {
        return detail;
    }

    /** Whether the same message may succeed later, with no change of configuration. */
    public boolean isRetryable() {
        return isRetryable;
    }
}
