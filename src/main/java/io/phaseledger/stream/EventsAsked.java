package io.phaseledger.stream;

import io.phaseledger.feed.Entry;
import io.phaseledger.http.AllFaults;
import io.phaseledger.http.NameForm;
import io.phaseledger.http.Parameters;
import io.phaseledger.ledger.Names;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which events are asked for, as it is sent. */
final class EventsAsked {

    @QueryParam("type")
    List<String> type = List.of();

    @QueryParam("phase")
    List<String> phase = List.of();

    @QueryParam("policy")
    List<String> policy = List.of();

    @QueryParam("game_date")
    List<String> gameDate = List.of();

    @QueryParam("after")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
    @Nullable
    String after;

    EventFilter filter(Names.Known names) {
        AllFaults.check(this::types, () -> names("phase", phase), () -> names("policy", policy), this::dates);
        return new EventFilter(
                types(), names.withWhatTheyStandFor(names("phase", phase)), names("policy", policy), dates());
    }

    private Set<Entry.Type> types() {
        return each(type, word -> Parameters.oneOf("type", word, Entry.Type.class));
    }

    private Set<LocalDate> dates() {
        return each(gameDate, date -> Parameters.date("game_date", date));
    }

    /** Where to begin; null for the end of the ledger. */
    @Nullable
    Long position(@Nullable String lastEventId) {
        Long asked = after == null ? null : Parameters.position("after", after);
        return lastEventId == null ? asked : Long.valueOf(Parameters.position("Last-Event-ID", lastEventId));
    }

    private static Set<String> names(String parameter, List<String> given) {
        return each(given, name -> {
            NameForm.check(parameter, name);
            return name;
        });
    }

    private static <T> Set<T> each(List<String> given, Function<String, T> read) {
        return given.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(read)
                .collect(Collectors.toSet());
    }
}
