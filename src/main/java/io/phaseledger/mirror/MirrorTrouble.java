package io.phaseledger.mirror;

/** BigQuery cannot be used as it is, or not at the moment; nothing is said about what was asked of it. */
final class MirrorTrouble extends RuntimeException {

    private final boolean refusal;

    private MirrorTrouble(String message, boolean refusal) {
        super(message);
        this.refusal = refusal;
    }

    /** It did not answer, or not well. */
    static MirrorTrouble away(Exception cause) {
        return new MirrorTrouble(String.valueOf(cause.getMessage()), false);
    }

    /** The table is not one that may be written to. */
    static MirrorTrouble refused(String why) {
        return new MirrorTrouble(why, true);
    }

    /** Whether an operator must change something there before it can go on. */
    boolean isRefusal() {
        return refusal;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
