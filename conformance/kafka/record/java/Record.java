package weir.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Records every group, or those named: FOLDER [GROUP…]. Every case is performed several times; a case that did not show the same each time is
 * left out and reported, and the exit code is 1. Groups whose name begins with "cluster" run on three brokers, one case at a time.
 */
public final class Record {
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

    private Record() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
        List<String> wanted = Arrays.asList(arguments).subList(1, arguments.length);
        Map<String, List<Script.Case>> one = Recording.scripts(folder.resolve("record/cases"));
        Map<String, List<Script.Case>> three = new LinkedHashMap<>(one);
        three.keySet().removeIf(group -> !group.startsWith("cluster"));
        one.keySet().removeAll(three.keySet());
        one.putAll(Generated.all());
        if (!wanted.isEmpty()) {
            one.keySet().retainAll(wanted);
            three.keySet().retainAll(wanted);
        }
        Recording recording = new Recording(folder, "Apache Kafka " + AppInfoParser.getVersion(), "kafka-clients " + AppInfoParser.getVersion());
        record(recording, one, 1, LANES, Map.of());
        // Those that lose records need brokers that notice a loss late.
        Map<String, List<Script.Case>> late = new LinkedHashMap<>(three);
        late.keySet().retainAll(List.of("cluster-loss"));
        three.keySet().removeAll(late.keySet());
        record(recording, three, 3, 1, THREE);
        record(recording, late, 3, 1, LATE);
        System.out.println(recording.unstable() + " left out");
        System.exit(recording.unstable() == 0 ? 0 : 1);
    }

    private static void record(Recording recording, Map<String, List<Script.Case>> groups, int brokers, int lanes, Map<String, String> extra) throws Exception {
        if (groups.isEmpty()) return;
        ExecutorService pool = Executors.newFixedThreadPool(lanes);
        try (Cluster cluster = new Cluster(brokers, extra)) {
            cluster.start();
            Properties config = new Properties();
            config.put("bootstrap.servers", cluster.direct());
            try (Admin admin = Admin.create(config)) {
                warmUp(cluster, admin);
                recording.record(groups, pool, one -> brokers, (one, number) -> perform(cluster, admin, "k" + number + ".", one));
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
}
