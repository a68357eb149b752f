package io.phaseledger.imports;

import java.io.IOException;
import java.io.InputStream;

/** A body read byte by byte, with sight of what comes next. */
final class Lookahead {

    /** How far it can be seen ahead, and how much is held of the body at once, in bytes. */
    static final int FARTHEST = 1 << 16;

    private final InputStream in;
    private final byte[] held = new byte[FARTHEST];
    private int at;
    private int end;

    Lookahead(InputStream in) {
        this.in = in;
    }

    /** The next byte, which stays the next; -1 at the end. */
    int peek() throws IOException {
        return at < end ? held[at] & 0xff : peek(0);
    }

    /** The byte so many after the next one; -1 when the body ends before it. */
    int peek(int after) throws IOException {
        while (end - at <= after) {
            makeRoom();
            int got = in.read(held, end, held.length - end);
            if (got < 0) {
                return -1;
            }
            end += got;
        }
        return held[at + after] & 0xff;
    }

    private void makeRoom() {
        if (at == end) {
            at = 0;
            end = 0;
        } else if (end == held.length) {
            System.arraycopy(held, at, held, 0, end - at);
            end -= at;
            at = 0;
        }
    }

    /** Takes the byte that {@link #peek} shows. */
    int take() throws IOException {
        int next = peek();
        at += next < 0 ? 0 : 1;
        return next;
    }

    /** Takes what is left, so that a client which still sends can hear the answer. */
    void drain() throws IOException {
        do {
            at = end;
        } while (peek() >= 0);
    }
}
