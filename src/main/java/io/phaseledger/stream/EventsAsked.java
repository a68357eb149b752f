package io.phaseledger.stream;

import io.phaseledger.feed.Entry;
import io.phaseledger.http.NameForm;
import io.phaseledger.ledger.Names;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.Set;
import org.jboss.resteasy.reactive.Separator;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for.
 *
 * @param after where to begin; null for the end of the ledger
 */
record EventsAsked(
        @QueryParam("type") @Separator(",") Set<Entry.Type> type,

        @QueryParam("phase") @Separator(",") @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
        Set<String> phase,

        @QueryParam("policy") @Separator(",") @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
        Set<String> policy,

        @QueryParam("game_date") @Separator(",") Set<LocalDate> gameDate,
        @QueryParam("after") @PositiveOrZero @Nullable Long after) {

    EventFilter filter(Names.Known names) {
        return new EventFilter(type, names.withWhatTheyStandFor(phase), policy, gameDate);
    }
}
