package io.phaseledger.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** The known names that a misspelt one was probably meant to be. */
public final class Nearest {

    /** A name counts as near when at most one character in this many differs: two of six, six of twenty. */
    private static final int CHARACTERS_PER_DIFFERENCE = 3;

    /** Longer names are never compared: the distance costs the product of both lengths. */
    private static final int LONGEST = 200;

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
