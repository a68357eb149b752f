package io.phaseledger.policy;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The If-Match of a PUT: the version that the caller has seen; or its If-None-Match: that there is none.
 *
 * @param version null for any, as long as there is one; 0 for none
 */
public record ExpectedVersion(@Nullable Integer version) {

    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"(\\d{1,9})\"\\s*");

    /**
     * What the headers say; null for nothing.
     *
     * @throws Problem 400 {@code invalid_etag} for what is neither, and for both
     */
    public static @Nullable ExpectedVersion parse(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null) {
            return none(ifMatch, ifNoneMatch);
        }
        if (ifMatch == null) {
            return null;
        }
        if (ifMatch.trim().equals("*")) {
            return new ExpectedVersion(null);
        }
        Matcher tag = TAG.matcher(ifMatch);
        if (!tag.matches()) {
            throw Problem.malformed(FieldError.parameter(
                    "If-Match", "invalid_etag", "must be * or the ETag of one version, such as \"3\""));
        }
        return new ExpectedVersion(Integer.valueOf(tag.group(1)));
    }

    private static ExpectedVersion none(@Nullable String ifMatch, String ifNoneMatch) {
        if (ifMatch != null || !ifNoneMatch.trim().equals("*")) {
            throw Problem.malformed(
                    FieldError.parameter("If-None-Match", "invalid_etag", "can only be *, and only without If-Match"));
        }
        return new ExpectedVersion(0);
    }

    /**
     * Holds it against what there is.
     *
     * @param what is versioned, such as {@code policy}
     * @param latest the number of the latest version; 0 where there is none
     * @throws Problem 412 {@code version_mismatch}
     */
    public void check(String what, String name, int latest) {
        boolean holds = version == null ? latest > 0 : version == latest;
        if (!holds) {
            throw Problem.of(
                    412,
                    "version_mismatch",
                    latest == 0
                            ? "there is no " + what + " " + name
                            : "the latest version of " + name + " is " + latest);
        }
    }
}
