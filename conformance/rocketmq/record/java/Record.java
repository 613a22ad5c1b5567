package weir.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.rocketmq.common.MQVersion;

/**
 * Records every group, or those named: FOLDER [GROUP…]. Cases that begin with `cluster.start` have brokers of their own, two cases at a time; cases that
 * need no broker have none; all others share one broker.
 */
public final class Record {
    private static final int LANES = Integer.getInteger("lanes", 6);

    private static final int OWN_LANES = Integer.getInteger("ownLanes", 2);

    private Record() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
        List<String> wanted = Arrays.asList(arguments).subList(1, arguments.length);
        Map<String, List<Script.Case>> all = Recording.scripts(folder.resolve("record/cases"));
        all.putAll(Generated.all());
        if (!wanted.isEmpty()) all.keySet().retainAll(wanted);
        String version = MQVersion.getVersionDesc(MQVersion.CURRENT_VERSION).replace('_', '.').replaceFirst("^V", "");
        Recording recording = new Recording(folder, "Apache RocketMQ " + version, "rocketmq-client " + version);
        Map<String, List<Script.Case>> pure = new LinkedHashMap<>(all);
        pure.values().removeIf(cases -> !cases.stream().allMatch(Record::isPure));
        all.keySet().removeAll(pure.keySet());
        Map<String, List<Script.Case>> own = new LinkedHashMap<>(all);
        own.values().removeIf(cases -> !cases.stream().allMatch(Record::hasOwnCluster));
        all.keySet().removeAll(own.keySet());
        withPool(1, pool -> recording.record(pure, pool, one -> 1, (one, number) -> perform(null, "", one)));
        if (!all.isEmpty()) {
            try (Site site = new Site(new Cluster(Script.step("cluster.start brokers=[{\"name\":\"a\"}]")))) {
                withPool(LANES, pool -> recording.record(all, pool, one -> 1, (one, number) -> perform(site, "k" + number + "_", one)));
            }
        }
        List<OwnSites> sites = new CopyOnWriteArrayList<>();
        ThreadLocal<OwnSites> mine = ThreadLocal.withInitial(() -> {
            OwnSites these = new OwnSites();
            sites.add(these);
            return these;
        });
        try {
            withPool(OWN_LANES, pool -> recording.record(own, pool, one -> one.steps().get(0).get("brokers").size(), (one, number) ->
                perform(mine.get().site(one.steps()), "k" + number + "_", one)));
        } finally {
            sites.forEach(OwnSites::close);
        }
        System.out.println(recording.unstable() + " left out");
        System.exit(recording.unstable() == 0 ? 0 : 1);
    }

    private interface Work {
        void on(ExecutorService pool) throws Exception;
    }

    private static void withPool(int lanes, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(lanes);
        try {
            work.on(pool);
        } finally {
            pool.shutdownNow();
        }
    }

    private static boolean isPure(Script.Case one) {
        return one.steps().stream().allMatch(step -> PureSteps.isPure(step.get("op").asText()));
    }

    private static boolean hasOwnCluster(Script.Case one) {
        return one.steps().get(0).get("op").asText().equals("cluster.start");
    }

    private static ObjectNode perform(Site site, String prefix, Script.Case one) throws Exception {
        try (CaseRun run = new CaseRun(site, prefix)) {
            return run.perform(one.steps());
        }
    }
}
