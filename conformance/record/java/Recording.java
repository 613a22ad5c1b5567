package weir.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What every recorder in Java does with its cases: each is performed {@link #TIMES} times; one that did not show the same each time is left out and
 * reported; the others of a group become one file.
 */
final class Recording {
    static final int TIMES = Integer.getInteger("times", 3);

    /** With -Donly=REGEX only the cases whose names match are performed; the others keep what was recorded before. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("only", ".*"));

    /** Performs a case once. @return an object with `observed` and `final` */
    interface Performance {
        ObjectNode perform(Script.Case one, int number) throws Exception;
    }

    /** How many brokers a case needs; the field `nodes` is written where there is more than one. */
    interface Nodes {
        int of(Script.Case one);
    }

    private final Path folder;
    private final String broker;
    private final String client;
    private int performed;
    private int unstable;

    /**
     * @param folder where the recordings go
     * @param broker its name and version
     * @param client its name and version
     */
    Recording(Path folder, String broker, String client) {
        this.folder = folder;
        this.broker = broker;
        this.client = client;
    }

    /** @return how many cases were left out so far */
    int unstable() {
        return unstable;
    }

    /** The scripts of a folder, by group, in the order of their names. */
    static Map<String, List<Script.Case>> scripts(Path cases) throws IOException {
        Map<String, List<Script.Case>> groups = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(cases)) {
            for (Path file : files.sorted().toList()) {
                List<Script.Case> read = Script.read(file);
                if (!read.isEmpty()) groups.put(read.get(0).group(), read);
            }
        }
        return groups;
    }

    /** Performs all cases of the groups on the pool's threads, and writes each group as soon as it is done. */
    void record(Map<String, List<Script.Case>> groups, ExecutorService pool, Nodes nodes, Performance performance) throws Exception {
        Map<Script.Case, List<Future<ObjectNode>>> all = new LinkedHashMap<>();
        for (List<Script.Case> cases : groups.values()) {
            for (Script.Case one : cases) {
                if (!ONLY.matcher(one.name()).matches()) continue;
                List<Future<ObjectNode>> times = new ArrayList<>();
                for (int time = 0; time < TIMES; time++) {
                    int number = ++performed;
                    times.add(pool.submit(() -> performance.perform(one, number)));
                }
                all.put(one, times);
            }
        }
        for (Map.Entry<String, List<Script.Case>> group : groups.entrySet()) write(group.getKey(), group.getValue(), all, nodes);
    }

    private void write(String group, List<Script.Case> cases, Map<Script.Case, List<Future<ObjectNode>>> all, Nodes nodes) throws Exception {
        ObjectNode recorded = Script.JSON.createObjectNode().put("broker", broker).put("client", client).put("date", LocalDate.now().toString());
        Path file = folder.resolve(group + ".json");
        List<String> before = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> lines = new ArrayList<>();
        for (Script.Case one : cases) {
            if (!all.containsKey(one)) {
                String start = "{\"id\":\"" + one.id() + "\",";
                before.stream().filter(line -> line.startsWith(start)).findFirst().map(line -> line.replaceFirst(",$", "")).ifPresent(lines::add);
                continue;
            }
            List<ObjectNode> results = new ArrayList<>();
            String trouble = null;
            for (Future<ObjectNode> time : all.get(one)) {
                try {
                    results.add(time.get());
                } catch (ExecutionException failed) {
                    trouble = failed.getCause().getMessage();
                }
            }
            if (trouble == null && results.stream().distinct().count() > 1) trouble = difference(results);
            if (trouble != null) {
                unstable++;
                System.out.println(one.id() + ": " + trouble);
                continue;
            }
            ObjectNode line = Script.JSON.createObjectNode().put("id", one.id()).put("about", one.about()).put("source", one.source());
            if (nodes.of(one) > 1) line.put("nodes", nodes.of(one));
            ArrayNode steps = line.putArray("steps");
            one.steps().forEach(steps::add);
            line.setAll(results.get(0));
            lines.add(line.toString());
        }
        String head = "{\"system\":\"" + Script.SYSTEM + "\",\"recorded\":" + recorded + ",\"cases\":[\n";
        Files.writeString(file, head + String.join(",\n", lines) + "\n]}\n");
        System.out.println(Script.SYSTEM + "/" + group + ": " + lines.size() + " of " + cases.size() + " recorded");
    }

    private static String difference(List<ObjectNode> results) {
        ObjectNode first = results.get(0);
        for (ObjectNode other : results) {
            for (int step = 0; step < first.get("observed").size(); step++) {
                var a = first.get("observed").get(step);
                var b = other.get("observed").get(step);
                if (!a.equals(b)) return "unstable at step " + (step + 1) + ":\n  " + a + "\n  " + b;
            }
            if (!first.get("final").equals(other.get("final"))) return "unstable at the end:\n  " + first.get("final") + "\n  " + other.get("final");
        }
        return "unstable";
    }
}
