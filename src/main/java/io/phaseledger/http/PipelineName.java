package io.phaseledger.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of the names of phases and processors, which the pipeline's jobs have: text of any language, 1 to 255
 * code points, in Unicode's normal form C.
 *
 * <p>What cannot be seen has no place in a name: control characters, line separators, marks of direction and of width; nor
 * has the one that stands for what could not be decoded. The joiners U+200C and U+200D are allowed, for Persian and emoji
 * are written with them. The ranges are written out, so that any version of Unicode and any engine reads them alike.
 */
public final class PipelineName {

    private static final String UNSEEN =
            "\\x00-\\x1F\\x7F-\\x9F\\xAD\\u061C\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFF";

    private static final String SPACES = " \\xA0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000";

    private static final String AT_ENDS = "[^" + UNSEEN + SPACES + "]";

    /** A regular expression of the whole name. */
    public static final String PATTERN = AT_ENDS + "(?:[^" + UNSEEN + "]{0,253}" + AT_ENDS + ")?";

    private static final String RULE = "must be 1 to 255 printable characters, without a space at either end";

    /** The code and the rule, as a constraint gives them. */
    public static final String MESSAGE = "invalid_name: " + RULE;

    private static final Pattern FORM = Pattern.compile(PATTERN);
    private static final Pattern UNPRINTABLE = Pattern.compile("[" + UNSEEN + "\\uD800-\\uDFFF]");
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\uD800-\\uDFFF]");
    private static final Pattern SPACES_AT_ENDS = Pattern.compile("^[" + SPACES + "]+|[" + SPACES + "]+$");

    /** Code points that are left of a name that lacks the form; a tilde and eight digits follow. */
    private static final int LONGEST_BEGINNING = 246;

    private static final int HASH_BYTES = 4;

    private static final List<String> FIELDS = List.of("phase", "processor_name");

    private PipelineName() {}

    /**
     * The name in normal form C: texts that Unicode calls equivalent, such as an é of one character and one of two, are one
     * name. The same for null, which a constraint refuses later.
     */
    @SuppressWarnings("NullAway") // Null in, null out.
    public static String normal(@Nullable String name) {
        return name == null ? null : Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** Each in normal form C; null for none at all. */
    @SuppressWarnings("NullAway") // As above.
    public static List<String> normal(@Nullable List<String> names) {
        return names == null ? null : names.stream().map(PipelineName::normal).toList();
    }

    /**
     * Holds a name that came as a parameter against the form.
     *
     * @return it in normal form C
     * @throws Problem 422 {@code invalid_name}
     */
    public static String checked(String parameter, String name) {
        String normal = normal(name);
        if (!FORM.matcher(normal).matches()) {
            throw Problem.refused(FieldError.parameter(parameter, "invalid_name", RULE));
        }
        return normal;
    }

    /**
     * The name of a job of another system as one that can be recorded: itself in normal form C, if that has the form. Else
     * what cannot be seen becomes {@code _}, spaces at the ends go, and the first 246 code points are followed by a tilde and
     * eight hexadecimal digits of the SHA-256 of the whole name in UTF-8, so that two jobs stay two. The empty one stays
     * empty, for the ledger to refuse.
     */
    public static String fitted(String said) {
        String name = normal(said);
        if (name.isEmpty() || FORM.matcher(name).matches()) {
            return name;
        }
        String seen = SPACES_AT_ENDS
                .matcher(UNPRINTABLE.matcher(name).replaceAll("_"))
                .replaceAll("");
        int longest = Math.min(LONGEST_BEGINNING, seen.codePointCount(0, seen.length()));
        return seen.substring(0, seen.offsetByCodePoints(0, longest)) + "~"
                + HexFormat.of().formatHex(Sha256.of(name), 0, HASH_BYTES);
    }

    /**
     * Fits {@code phase} and {@code processor_name} of a report, and keeps a name that had to be changed beyond its normal
     * form in the report's metadata, as {@code whole_phase} or {@code whole_processor_name}.
     *
     * @param report the fields of a POST to /v1/completions, of which nothing is checked yet; changed in place
     */
    public static void fit(ObjectNode report) {
        FIELDS.forEach(field -> {
            if (report.get(field) instanceof TextNode said) {
                fit(report, field, said.textValue());
            }
        });
    }

    private static void fit(ObjectNode report, String field, String said) {
        String name = fitted(said);
        report.put(field, name);
        if (name.equals(normal(said))) {
            return;
        }
        if (report.path("metadata").isMissingNode() || report.path("metadata").isNull()) {
            report.putObject("metadata");
        }
        if (report.get("metadata") instanceof ObjectNode metadata) {
            metadata.put("whole_" + field, UNSTORABLE.matcher(said).replaceAll("_"));
        }
    }
}
