package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of case scripts, one step a line:
 *
 * <pre>
 * # a remark
 * source https://… (holds for the cases below it)
 * case NAME | what the case shows
 * send producer=p topic=t id=m1 key=a
 * </pre>
 *
 * A value is JSON if it begins with [, { or ", or is a number, true, false or null; else it is text up to the next blank.
 */
final class Script {
    static final ObjectMapper JSON = new ObjectMapper();
    /** The name of the system whose cases these are: the option -Dsystem of the recorder's `run`. */
    static final String SYSTEM = System.getProperty("system");

    /** One case: its id within the group, its steps, nothing observed yet. */
    record Case(String group, String name, String about, String source, List<ObjectNode> steps) {
        String id() {
            return SYSTEM + "/" + group + "/" + name;
        }
    }

    private Script() {}

    /** @return the cases of the file; its name without the ending is the group */
    static List<Case> read(Path file) throws IOException {
        String group = file.getFileName().toString().replace(".cases", "");
        List<Case> cases = new ArrayList<>();
        String source = "";
        int number = 0;
        for (String raw : Files.readAllLines(file)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            try {
                if (line.startsWith("source ")) {
                    source = line.substring(7).strip();
                } else if (line.startsWith("case ")) {
                    String[] parts = line.substring(5).split("\\|", 2);
                    cases.add(new Case(group, parts[0].strip(), parts[1].strip(), source, new ArrayList<>()));
                } else {
                    cases.get(cases.size() - 1).steps.add(step(line));
                }
            } catch (RuntimeException | IOException wrong) {
                throw new IOException(file + ":" + number + ": " + wrong.getMessage() + ": " + line, wrong);
            }
        }
        return cases;
    }

    /** @param line an operation's name and its fields as name=value */
    static ObjectNode step(String line) throws IOException {
        ObjectNode step = JSON.createObjectNode();
        int at = line.indexOf(' ');
        step.put("op", at < 0 ? line : line.substring(0, at));
        while (at >= 0 && at < line.length()) {
            while (at < line.length() && line.charAt(at) == ' ') at++;
            if (at >= line.length()) break;
            int equals = line.indexOf('=', at);
            if (equals < 0) throw new IOException("a field is name=value");
            int end = endOfValue(line, equals + 1);
            step.set(line.substring(at, equals), value(line.substring(equals + 1, end)));
            at = end;
        }
        return step;
    }

    /** A blank ends a value, but not one within brackets or quotes. */
    private static int endOfValue(String line, int from) {
        int depth = 0;
        boolean quoted = false;
        int at = from;
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c == '[' || c == '{') depth++;
            if (c == ']' || c == '}') depth--;
            if (c == ' ' && depth == 0) break;
        }
        return at;
    }

    private static JsonNode value(String text) throws IOException {
        boolean isJson = text.matches("[\\[{\"].*|-?\\d+|true|false|null");
        return isJson ? JSON.readTree(text) : JSON.getNodeFactory().textNode(text);
    }
}
