/** How the jobs of senders are to be understood: which phase and processor they are, and for which date. */
@NullMarked
package io.phaseledger.source;

import org.jspecify.annotations.NullMarked;
