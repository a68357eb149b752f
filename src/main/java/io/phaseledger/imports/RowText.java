package io.phaseledger.imports;

import java.util.Arrays;

/** The text of one row as it comes in, up to a limit; what is beyond it is noticed and not kept. */
final class RowText {

    private static final int FIRST_ROOM = 512;

    private final int limit;
    private byte[] kept;
    private int size;
    private boolean tooLong;
    private boolean blank = true;

    /** @param limit in bytes */
    RowText(int limit) {
        this.limit = limit;
        this.kept = new byte[Math.min(limit, FIRST_ROOM)];
    }

    void add(int octet) {
        blank &= isBlank(octet);
        tooLong |= size == limit;
        if (size < limit) {
            keep((byte) octet);
        }
    }

    private void keep(byte octet) {
        if (size == kept.length) {
            kept = Arrays.copyOf(kept, (int) Math.min(limit, 2L * size));
        }
        kept[size] = octet;
        size++;
    }

    static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** Whether nothing but white space came. */
    boolean isBlank() {
        return blank;
    }

    byte[] bytes() {
        return Arrays.copyOf(kept, size);
    }
}
