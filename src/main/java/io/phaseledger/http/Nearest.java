package io.phaseledger.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** The known names that a misspelt one was probably meant to be. */
public final class Nearest {

    /** A name counts as near when at most one character in this many differs: two of six, six of twenty. */
    private static final int CHARACTERS_PER_DIFFERENCE = 3;

    /** Longer names are never compared: the distance costs the product of both lengths. */
    private static final int LONGEST = 200;

    private static final int MOST_SHARING = 3;

    /** Two neighbours that changed places are one difference, for that is how fingers slip. */
    private static final DamerauLevenshteinDistance DISTANCE = new DamerauLevenshteinDistance();

    private Nearest() {}

    /** The nearest known name, if any is near. */
    public static Optional<String> to(String wanted, Collection<String> known) {
        return candidates(wanted, known).findFirst();
    }

    /** The near known names, the nearest first, at most {@code limit}. */
    public static List<String> all(String wanted, Collection<String> known, int limit) {
        return candidates(wanted, known).limit(limit).toList();
    }

    /** The end of a sentence that offers the nearest known name, or nothing. */
    public static String didYouMean(String wanted, Collection<String> known) {
        return to(wanted, known).map(name -> "; did you mean `" + name + "`?").orElse("");
    }

    /**
     * The same for a name of words with underscores between: where none is near, it offers those that have the same words
     * and more, or fewer, such as {@code game_date} for {@code date}.
     */
    public static String didYouMeanName(String wanted, Collection<String> known) {
        List<String> offered = to(wanted, known).map(List::of).orElseGet(() -> sharing(wanted, known));
        return offered.isEmpty() ? "" : "; did you mean `" + String.join("` or `", offered) + "`?";
    }

    private static List<String> sharing(String wanted, Collection<String> known) {
        Set<String> asked = words(wanted);
        return known.stream()
                .filter(name -> words(name).containsAll(asked) || asked.containsAll(words(name)))
                .sorted(Comparator.<String>comparingInt(name -> words(name).size())
                        .thenComparing(name -> name))
                .limit(MOST_SHARING)
                .toList();
    }

    private static Set<String> words(String name) {
        return Arrays.stream(name.toLowerCase(Locale.ROOT).split("_", -1)).collect(Collectors.toSet());
    }

    private static Stream<String> candidates(String wanted, Collection<String> known) {
        if (wanted.length() > LONGEST) {
            return Stream.empty();
        }
        return known.stream()
                .filter(name -> name.length() <= LONGEST)
                .map(name -> new Candidate(name, distance(wanted, name)))
                .filter(candidate -> candidate.isNear(wanted))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private static int distance(String wanted, String name) {
        return DISTANCE.apply(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }

    private record Candidate(String name, int distance) {

        boolean isNear(String wanted) {
            return distance * CHARACTERS_PER_DIFFERENCE <= Math.max(wanted.length(), name.length());
        }
    }
}
