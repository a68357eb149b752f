package io.phaseledger.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.Json;
import io.phaseledger.source.GameDateFrom;
import io.phaseledger.source.JobMapping;
import io.phaseledger.source.Whole;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Terms as they are kept with a row; which source gave them is not kept, so that its name makes no difference. */
final class TermsText {

    private TermsText() {}

    static String of(Terms terms, Json json) {
        JobMapping job = terms.job();
        ObjectNode text = json.mapper().createObjectNode();
        text.put("phase", job.phase()).put("processor_name", job.processorName());
        ArrayNode zones = text.putArray("zones");
        terms.zones().forEach(zone -> zones.add(zone.getId()));
        text.put("game_date", job.gameDate().name()).put("date_offset", job.dateOffset());
        text.put("when", job.whole().when().name()).put("count", job.whole().count());
        return json.text(text);
    }

    static Terms read(String text, Json json) {
        JsonNode tree = json.keptTree(text);
        List<ZoneId> zones = new ArrayList<>();
        tree.path("zones").forEach(zone -> zones.add(ZoneId.of(zone.asText())));
        Whole whole = new Whole(
                Whole.When.valueOf(tree.path("when").asText()),
                tree.hasNonNull("count") ? tree.path("count").intValue() : null);
        JobMapping job = new JobMapping(
                tree.path("phase").asText(),
                tree.path("processor_name").asText(),
                null,
                GameDateFrom.valueOf(tree.path("game_date").asText()),
                tree.path("date_offset").intValue(),
                whole,
                null);
        return new Terms(job, zones);
    }
}
