package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a step says, field by field, and of what was seen: who saw it. */
final class Fields {
    private Fields() {}

    static String text(JsonNode step, String field, String fallback) {
        return step.has(field) ? step.get(field).asText() : fallback;
    }

    static int number(JsonNode step, String field, int fallback) {
        return step.has(field) ? step.get(field).asInt() : fallback;
    }

    /** The settings of a client, a topic or a broker, by their real names; none when the step gives none. */
    static Map<String, String> config(JsonNode step, String field) {
        Map<String, String> config = new TreeMap<>();
        if (step.has(field)) step.get(field).properties().forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        return config;
    }

    /** Who sees the event: a client by its name; the administrator comes first. */
    static String receiver(ObjectNode event) {
        for (String field : List.of("producer", "consumer")) {
            if (event.has(field)) return event.get(field).asText();
        }
        return "";
    }
}
