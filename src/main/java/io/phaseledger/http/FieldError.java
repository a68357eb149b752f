package io.phaseledger.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One thing that is wrong with what was sent: a JSON pointer into the body, or a query or path parameter's name. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema
public record FieldError(
        @Nullable String pointer,
        @Nullable String parameter,

        @Schema(required = true) String code,

        @Schema(required = true) String detail) {

    /** Takes text that may quote what was sent, so what cannot be written as UTF-8 is replaced. */
    public FieldError {
        pointer = pointer == null ? null : Quoted.writable(pointer);
        detail = Quoted.writable(detail);
    }

    /** An error in the body, at a JSON pointer; the empty one is the whole body. */
    public static FieldError at(String pointer, String code, String detail) {
        return new FieldError(pointer, null, code, detail);
    }

    /** An error in a query or path parameter. */
    public static FieldError parameter(String name, String code, String detail) {
        return new FieldError(null, name, code, detail);
    }

    /** The same error in a body of which this one was a part: {@code "/1"} is put before the pointer. */
    public FieldError under(String prefix) {
        return new FieldError(prefix + (pointer == null ? "" : pointer), parameter, code, detail);
    }

    /** A step of a pointer, to a field of this name. */
    static String step(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** Where it is, in a form that fits a sentence. */
    String place() {
        if (parameter != null) {
            return parameter;
        }
        return pointer == null || pointer.isEmpty() ? "the body" : pointer;
    }
}
