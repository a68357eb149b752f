/**
 * What every resource says and hears over HTTP, whatever it is about.
 *
 * <p>A resource takes its body as a record, which {@code BodyReader} reads: more strictly than the framework would. It
 * names the field that it does not know and the one that was probably meant, turns nothing into something else (a string is
 * not a number), and gathers everything that is wrong in one pass ({@code BindingErrors}) before it answers. What comes as
 * a tree within another body is read in the same way by {@link io.phaseledger.http.Json}. What other programs
 * write in forms of their own (imports, messages) is read by {@link io.phaseledger.http.Json#lenient}, in which {@code
 * LenientValues} takes the forms whose meaning is in no doubt. A resource takes its parameters
 * as what they are too ({@code LocalDate}, {@code Duration}, an enum): {@code ParameterConverters} reads them, with the
 * same codes for the same faults, and names the first that is wrong. A parameter that the matched method does not declare,
 * that is given twice or that has no value is refused before ({@code SentParameters}).
 *
 * <p>{@code RequestLimits} stands before all routes: it refuses what a proxy in front may have read otherwise
 * ({@code Framing}), ends bodies that are too slow, and answers with a problem document where no resource does. A body may
 * come in chunks or by gzip; {@code BodyLimit} says how it is read, and bounds what it unpacks to. URLs that are none, and
 * lines and headers that are too long, the server beneath refuses by itself.
 *
 * <p>Whatever goes wrong ends as a {@link io.phaseledger.http.Problem}, an {@code application/problem+json} document
 * (RFC 9457). 400 means that it could not be read, 422 that it was understood and refused; when a body has both, 400 is
 * the answer. A fault of ours is a 500 that gives away nothing but an id which the log has too, and a database that cannot
 * be asked is a 503 with {@code Retry-After}, because not knowing is no answer.
 *
 * <p>Nothing here knows the ledger: the package depends on no other of ours.
 */
@NullMarked
package io.phaseledger.http;

import org.jspecify.annotations.NullMarked;
