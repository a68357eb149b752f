/**
 * Completes the contract while the application is built.
 *
 * <p>Paths, parameters and schemas of {@code openapi/openapi.yaml} are read from the classes. What people read of them
 * lies in {@code META-INF/openapi.yaml} and {@code contract/*.yaml}, under the same names, and the framework puts both
 * together: what an operation, a parameter, a schema or a field is, an example of it, and how an operation is answered.
 * So a new field is a component of a record and a description in {@code contract/*.yaml}.
 *
 * <p>Some things can be told from the code and are not read by the framework: that a component of a record may be null,
 * that our enums are written in snake_case, that a pattern is held against the whole of a text. And some are true of every
 * operation, such as that it may be answered 503. Those are filled in here, once. Nothing of this runs when the
 * application does, and nothing else knows of it.
 */
@NullMarked
package io.phaseledger.contract;

import org.jspecify.annotations.NullMarked;
