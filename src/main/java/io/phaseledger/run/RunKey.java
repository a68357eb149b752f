package io.phaseledger.run;

/**
 * Which run it is.
 *
 * @param namespace of its job
 * @param id that its sender gave it
 */
record RunKey(String namespace, String id) {

    /** Neither part has control characters, so that two keys never have one name. */
    String name() {
        return "run\n" + namespace + "\n" + id;
    }
}
