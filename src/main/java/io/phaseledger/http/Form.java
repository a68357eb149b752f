package io.phaseledger.http;

/** Whether a text looks as it should: a regular expression for the texts of which an import has millions. */
final class Form {

    private Form() {}

    /**
     * Whether a text as a whole has a form.
     *
     * @param form a 0 for a digit of ASCII, a capital letter for itself or the small one, any other character for itself
     */
    static boolean is(String text, String form) {
        return text.length() == form.length() && begins(text, form);
    }

    /** Whether a text begins with a form; what follows is not looked at. */
    static boolean begins(String text, String form) {
        if (text.length() < form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            if (!fits(text.charAt(i), form.charAt(i))) {
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
