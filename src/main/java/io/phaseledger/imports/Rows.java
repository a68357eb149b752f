package io.phaseledger.imports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a body, cut apart and not yet understood. */
sealed interface Rows permits LineRows, ArrayRows {

    /** The text of the next row; null after the last. */
    @Nullable
    RowText next() throws IOException;

    /** Of the row that was given last: its line, or its place in the array; both from 1. */
    long number();

    /** The row given last is not JSON. Whether what follows it can still be told apart is for the rows to say. */
    void lost() throws IOException;
}
