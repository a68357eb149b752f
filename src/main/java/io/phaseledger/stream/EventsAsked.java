package io.phaseledger.stream;

import io.phaseledger.feed.Entry;
import io.phaseledger.http.NameForm;
import io.phaseledger.http.PipelineName;
import io.phaseledger.ledger.Names;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.Separator;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for.
 *
 * @param after where to begin; null for the end of the ledger
 */
record EventsAsked(
        @QueryParam("type") @Separator(",") Set<Entry.Type> type,

        @QueryParam("phase") Set<String> phase,

        @QueryParam("policy") @Separator(",") @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
        Set<String> policy,

        @QueryParam("game_date") @Separator(",") Set<LocalDate> gameDate,
        @QueryParam("after") @PositiveOrZero @Nullable Long after) {

    EventFilter filter(Names.Known names) {
        return new EventFilter(type, names.withWhatTheyStandFor(phases()), policy, gameDate);
    }

    /** A value with commas is names with commas between, and the one name that it would be as well. */
    private Set<String> phases() {
        return phase.stream()
                .map(value -> PipelineName.checked("phase", value))
                .flatMap(value -> Stream.concat(
                        Stream.of(value), Arrays.stream(value.split(",")).map(String::strip)))
                .collect(Collectors.toSet());
    }
}
