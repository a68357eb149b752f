package io.phaseledger;

/** A name with two of its letters in each other's place, as fingers do it. */
final class Misspelling {

    private Misspelling() {}

    static String of(String name) {
        for (int i = 1; i < name.length() - 1; i++) {
            if (name.charAt(i) != name.charAt(i + 1) && Character.isLetter(name.charAt(i + 1))) {
                return name.substring(0, i) + name.charAt(i + 1) + name.charAt(i) + name.substring(i + 2);
            }
        }
        return name + "x";
    }
}
