package io.phaseledger.source;

import jakarta.enterprise.context.ApplicationScoped;

/** How operators say that the jobs of senders are to be understood. */
@ApplicationScoped
public class Sources {

    /**
     * How the runs of a job are to be understood: as the first source says that matches it, else by the defaults.
     *
     * @param door by which its events come, such as {@code openlineage}
     */
    public JobMapping mapping(String door, String namespace, String job) {
        return new JobMapping(namespace, job, null, GameDateFrom.NOMINAL_START, 0, Whole.EACH_RUN, null);
    }
}
