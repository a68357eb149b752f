package io.phaseledger.pubsub;

import java.util.Optional;
import java.util.regex.Pattern;

/** A topic by its full name, {@code projects/PROJECT/topics/NAME}. */
record TopicPath(String name) {

    private static final Pattern FULL = Pattern.compile("projects/[^/]+/topics/[^/]+");
    private static final Pattern SHORT = Pattern.compile("[^/]+");

    /**
     * Of a full name, or of a short one and the project.
     *
     * @throws PublishFailed INVALID_ARGUMENT where it is neither, or where there is no project for a short one
     */
    static TopicPath of(String topic, Optional<String> project) {
        if (FULL.matcher(topic).matches()) {
            return new TopicPath(topic);
        }
        if (!SHORT.matcher(topic).matches()) {
            throw refused("must be projects/PROJECT/topics/NAME or a short name");
        }
        return project.map(id -> new TopicPath("projects/" + id + "/topics/" + topic))
                .orElseThrow(
                        () -> refused(
                                "is a short name, and neither phase-ledger.pubsub.project nor GOOGLE_CLOUD_PROJECT says whose"));
    }

    private static PublishFailed refused(String why) {
        return new PublishFailed("INVALID_ARGUMENT", "The topic " + why + ".", false);
    }
}
