package io.phaseledger.http;

/** Whether a text looks as it should: a regular expression for the texts of which an import has millions. */
final class Form {

    private Form() {}

    /**
     * Whether a text has a form from a place on; what follows it is not looked at.
     *
     * @param form a 0 for a digit of ASCII, a capital letter for itself or the small one, any other character for itself
     */
    static boolean isAt(String text, int from, String form) {
        if (text.length() - from < form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            if (!fits(text.charAt(from + i), form.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(char is, char should) {
        return should == '0' ? isDigit(is) : is == should || is == Character.toLowerCase(should);
    }

    static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
