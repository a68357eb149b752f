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
record ExpectedVersion(@Nullable Integer version) {

    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"(\\d{1,9})\"\\s*");

    /** An If-None-Match of versions says nothing of a PUT, which never changes one. */
    static @Nullable ExpectedVersion parse(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch == null) {
            return ifNoneMatch != null && ifNoneMatch.trim().equals("*") ? new ExpectedVersion(0) : null;
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

    void check(String name, int latest) {
        boolean holds = version == null ? latest > 0 : version == latest;
        if (!holds) {
            throw Problem.of(
                    412,
                    "version_mismatch",
                    latest == 0 ? "there is no policy " + name : "the latest version of " + name + " is " + latest);
        }
    }
}
