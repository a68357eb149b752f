/** How requests are read and refused, first by itself and then through a resource that exists for it alone. */
@NullMarked
package io.phaseledger.http;

import org.jspecify.annotations.NullMarked;
