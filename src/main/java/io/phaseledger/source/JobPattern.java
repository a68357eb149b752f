package io.phaseledger.source;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace or a job must be, the whole of it.
 *
 * <p>RE2 takes time linear in the name. It takes as much again for each part of the pattern, so those are bounded here; and
 * counted repetitions before all, which RE2/J writes out one by one, however many they make.
 */
final class JobPattern {

    /** How many times the counted repetitions of a pattern may repeat one another. */
    private static final BigInteger MOST_REPETITIONS = BigInteger.valueOf(100);

    /** Instructions of a compiled pattern. */
    private static final int MOST_INSTRUCTIONS = 1_000;

    /** Characters of a name; a longer one matches no pattern. */
    private static final int LONGEST_NAME = 4_096;

    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{(?<least>\\d+)(?:,(?<most>\\d*))?}");

    private final @Nullable Pattern pattern;

    /**
     * @param text null for what matches all
     * @throws PatternSyntaxException that says what is wrong with it
     */
    JobPattern(@Nullable String text) {
        this.pattern = text == null ? null : compiled(text);
    }

    private static Pattern compiled(String text) {
        BigInteger repetitions = REPETITION
                .matcher(text)
                .results()
                .map(counts -> new BigInteger(
                        Objects.requireNonNullElse(counts.group(2), "").isEmpty() ? counts.group(1) : counts.group(2)))
                .reduce(BigInteger.ONE, (all, count) -> all.multiply(count.max(BigInteger.ONE)));
        if (repetitions.compareTo(MOST_REPETITIONS) > 0) {
            throw new PatternSyntaxException("more than " + MOST_REPETITIONS + " counted repetitions in all", text);
        }
        Pattern compiled = Pattern.compile(text);
        if (compiled.programSize() > MOST_INSTRUCTIONS) {
            throw new PatternSyntaxException("more than " + MOST_INSTRUCTIONS + " instructions when compiled", text);
        }
        return compiled;
    }

    Set<String> groups() {
        return pattern == null ? Set.of() : pattern.namedGroups().keySet();
    }

    /** What its named groups matched, the empty text where one took no part; nothing where the name does not match. */
    Optional<Map<String, String>> match(String name) {
        if (pattern == null) {
            return Optional.of(Map.of());
        }
        Matcher matcher = pattern.matcher(name);
        return name.length() > LONGEST_NAME || !matcher.matches()
                ? Optional.empty()
                : Optional.of(groups().stream()
                        .collect(Collectors.toMap(
                                Function.identity(), group -> Objects.requireNonNullElse(matcher.group(group), ""))));
    }
}
