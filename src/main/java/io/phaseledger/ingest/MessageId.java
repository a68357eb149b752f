package io.phaseledger.ingest;

import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Sha256;
import java.util.HexFormat;

/** What a message is known by to the ledger. */
final class MessageId {

    /** Characters of a key of the ledger's. */
    private static final int LONGEST_KEY = 255;

    private MessageId() {}

    /** What identifies a report that does not say which run it is of. */
    static String key(Door door, String id) {
        String key = EnumNames.of(door) + ":" + id;
        return key.length() <= LONGEST_KEY
                ? key
                : EnumNames.of(door) + ":sha256:" + HexFormat.of().formatHex(Sha256.of(id));
    }
}
