package weir.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Records every group, or those named: FOLDER [GROUP…]. Every case is performed {@link #TIMES} times; a case that did not show the same each time is
 * left out and reported, and the exit code is 1. Groups whose name begins with "cluster" run on three brokers, one case at a time.
 */
public final class Record {
    private static final int TIMES = Integer.getInteger("times", 3);
    private static final int LANES = 6;

    /** Three brokers notice a lost one within seconds instead of tens of seconds. */
    private static final Map<String, String> THREE = Map.of(
        "broker.session.timeout.ms", "3000",
        "broker.heartbeat.interval.ms", "500",
        "replica.lag.time.max.ms", "3000",
        "controlled.shutdown.enable", "true");

    private static final Map<String, String> LATE = Map.of(
        "broker.session.timeout.ms", "12000",
        "broker.heartbeat.interval.ms", "500",
        "replica.lag.time.max.ms", "12000");

    private static int unstable;

    private Record() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
        List<String> wanted = Arrays.asList(arguments).subList(1, arguments.length);
        Map<String, List<Script.Case>> one = new LinkedHashMap<>();
        Map<String, List<Script.Case>> three = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("record/cases"))) {
            for (Path file : files.sorted().toList()) {
                List<Script.Case> cases = Script.read(file);
                if (!cases.isEmpty()) (cases.get(0).group().startsWith("cluster") ? three : one).put(cases.get(0).group(), cases);
            }
        }
        one.putAll(Generated.all());
        if (!wanted.isEmpty()) {
            one.keySet().retainAll(wanted);
            three.keySet().retainAll(wanted);
        }
        record(folder, one, 1, LANES, Map.of());
        // Those that lose records need brokers that notice a loss late.
        Map<String, List<Script.Case>> late = new LinkedHashMap<>(three);
        late.keySet().retainAll(List.of("cluster-loss"));
        three.keySet().removeAll(late.keySet());
        record(folder, three, 3, 1, THREE);
        record(folder, late, 3, 1, LATE);
        System.out.println(unstable + " left out");
        System.exit(unstable == 0 ? 0 : 1);
    }

    private static void record(Path folder, Map<String, List<Script.Case>> groups, int brokers, int lanes, Map<String, String> extra) throws Exception {
        if (groups.isEmpty()) return;
        ExecutorService pool = Executors.newFixedThreadPool(lanes);
        try (Cluster cluster = new Cluster(brokers, extra)) {
            cluster.start();
            Properties config = new Properties();
            config.put("bootstrap.servers", cluster.direct());
            try (Admin admin = Admin.create(config)) {
                warmUp(cluster, admin);
                Map<Script.Case, List<Future<ObjectNode>>> all = new LinkedHashMap<>();
                int number = 0;
                for (List<Script.Case> cases : groups.values()) {
                    for (Script.Case one : cases) {
                        List<Future<ObjectNode>> times = new ArrayList<>();
                        for (int time = 0; time < TIMES; time++) {
                            String prefix = "k" + ++number + ".";
                            times.add(pool.submit(() -> perform(cluster, admin, prefix, one)));
                        }
                        all.put(one, times);
                    }
                }
                for (Map.Entry<String, List<Script.Case>> group : groups.entrySet()) write(folder, group.getKey(), group.getValue(), all, brokers);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** The topics that groups and transactions need are made on first use, which takes seconds; no case should have to wait for that. */
    private static void warmUp(Cluster cluster, Admin admin) throws Exception {
        List<ObjectNode> steps = new ArrayList<>();
        for (String line : List.of("topic.create topic=t", "producer.open producer=p config={\"transactional.id\":\"x\"}", "txn.init producer=p", "txn.begin producer=p",
            "send producer=p topic=t id=m1", "txn.commit producer=p", "consumer.open consumer=c group=g", "subscribe consumer=c topics=[\"t\"]", "group.settle group=g", "consume consumer=c",
            "commit consumer=c")) {
            steps.add(Script.step(line));
        }
        perform(cluster, admin, "warm.", new Script.Case("warm", "up", "", "", steps));
    }

    private static ObjectNode perform(Cluster cluster, Admin admin, String prefix, Script.Case one) throws Exception {
        try (CaseRun run = new CaseRun(cluster, admin, prefix)) {
            return run.perform(one.steps());
        }
    }

    private static void write(Path folder, String group, List<Script.Case> cases, Map<Script.Case, List<Future<ObjectNode>>> all, int brokers) throws Exception {
        ObjectNode recorded = Script.JSON.createObjectNode()
            .put("broker", "Apache Kafka " + AppInfoParser.getVersion())
            .put("client", "kafka-clients " + AppInfoParser.getVersion())
            .put("date", LocalDate.now().toString());
        List<String> lines = new ArrayList<>();
        for (Script.Case one : cases) {
            List<ObjectNode> results = new ArrayList<>();
            String trouble = null;
            for (Future<ObjectNode> time : all.get(one)) {
                try {
                    results.add(time.get());
                } catch (java.util.concurrent.ExecutionException failed) {
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
            if (brokers > 1) line.put("nodes", brokers);
            ArrayNode steps = line.putArray("steps");
            one.steps().forEach(steps::add);
            line.setAll(results.get(0));
            lines.add(line.toString());
        }
        String head = "{\"system\":\"kafka\",\"recorded\":" + recorded + ",\"cases\":[\n";
        Files.writeString(folder.resolve(group + ".json"), head + String.join(",\n", lines) + "\n]}\n");
        System.out.println("kafka/" + group + ": " + lines.size() + " of " + cases.size() + " recorded");
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
