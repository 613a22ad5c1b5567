package weir.record;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Real brokers in KRaft mode on 127.0.0.1: one node with both roles, or a controller (node 100) with several brokers (nodes 1, 2, 3…).
 * Every broker has two listeners: one for the administrator and the other brokers, and one for the clients of the cases, which is reached through a {@link Proxy}.
 */
final class Cluster implements AutoCloseable {
    private static final String CLUSTER_ID = "d2VpcndlaXJ3ZWlyd2VpQQ";
    private static final long START_MS = 60_000;
    private static final int CONTROLLER = 100;

    /** Settings of every broker that differ from Kafka's defaults; OPS.md lists them. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("num.partitions", "1"),
        Map.entry("offsets.topic.num.partitions", "1"),
        Map.entry("transaction.state.log.num.partitions", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("group.min.session.timeout.ms", "500"),
        Map.entry("group.consumer.min.session.timeout.ms", "500"),
        Map.entry("group.consumer.min.heartbeat.interval.ms", "100"),
        Map.entry("group.consumer.heartbeat.interval.ms", "200"),
        Map.entry("log.retention.check.interval.ms", "500"),
        Map.entry("log.initial.task.delay.ms", "200"),
        Map.entry("log.cleaner.backoff.ms", "200"),
        Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
        Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"),
        Map.entry("auto.leader.rebalance.enable", "false"),
        Map.entry("unclean.leader.election.interval.ms", "1000"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "4"));

    private final Path dir;
    private final int brokers;
    private final Map<String, String> extra;
    private final int controllerPort;
    private final Map<Integer, Integer> directPorts = new TreeMap<>();
    private final Map<Integer, Proxy> proxies = new TreeMap<>();
    private final Map<Integer, Process> processes = new TreeMap<>();

    /** @param extra settings of every broker on top of the usual ones */
    Cluster(int brokers, Map<String, String> extra) throws IOException {
        this.dir = Files.createTempDirectory("weir-kafka-");
        this.brokers = brokers;
        this.extra = extra;
        this.controllerPort = freePort();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    int brokers() {
        return brokers;
    }

    /** Starts all nodes and waits until every broker answers. */
    void start() throws Exception {
        for (int id = 1; id <= brokers; id++) {
            int clientPort = freePort();
            directPorts.put(id, freePort());
            proxies.put(id, new Proxy(clientPort));
        }
        if (brokers > 1) launch(CONTROLLER, true);
        for (int id = 1; id <= brokers; id++) launch(id, true);
        for (int id = 1; id <= brokers; id++) await(id);
    }

    /** The address for the administrator. */
    String direct() {
        List<String> all = new ArrayList<>();
        directPorts.values().forEach(port -> all.add("127.0.0.1:" + port));
        return String.join(",", all);
    }

    /** The address for the clients of the cases. */
    String proxied() {
        List<String> all = new ArrayList<>();
        proxies.values().forEach(proxy -> all.add("127.0.0.1:" + proxy.port()));
        return String.join(",", all);
    }

    Iterable<Proxy> proxies() {
        return proxies.values();
    }

    /** SIGKILL: what a crash of the process leaves behind. */
    void kill(int id) throws Exception {
        processes.get(id).destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    /** SIGTERM: the broker hands its leaderships over and goes. */
    void stop(int id) throws Exception {
        processes.get(id).destroy();
        if (!processes.get(id).waitFor(30, TimeUnit.SECONDS)) kill(id);
    }

    void pause(int id) throws Exception {
        signal(id, "-STOP");
    }

    void resume(int id) throws Exception {
        signal(id, "-CONT");
    }

    boolean isAlive(int id) {
        return processes.containsKey(id) && processes.get(id).isAlive();
    }

    /** Starts a broker again on its own directory and waits until it answers. */
    void restart(int id) throws Exception {
        launch(id, false);
        await(id);
    }

    private void signal(int id, String signal) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(processes.get(id).pid())).start().waitFor(5, TimeUnit.SECONDS);
    }

    private void launch(int id, boolean format) throws Exception {
        Path file = dir.resolve(id + ".properties");
        if (format) {
            Properties properties = new Properties();
            properties.putAll(settings(id));
            try (var out = Files.newOutputStream(file)) {
                properties.store(out, null);
            }
            run(List.of("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", file.toString()), dir.resolve(id + ".format.log"));
        }
        List<String> command = java("-Xms96m", "-Xmx384m");
        command.add("kafka.Kafka");
        command.add(file.toString());
        processes.put(id, new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve(id + ".log").toFile())).start());
    }

    private static List<String> java(String... options) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlog4j2.configurationFile=log4j2-broker.properties",
            "-cp", "target/lib/*"));
        return command;
    }

    private static void run(List<String> arguments, Path log) throws Exception {
        List<String> command = java("-Xmx128m");
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("formatting failed:\n" + Files.readString(log));
        }
    }

    private Map<String, String> settings(int id) {
        boolean isController = id == CONTROLLER;
        boolean isBoth = brokers == 1;
        Map<String, String> all = new TreeMap<>(SETTINGS);
        String replicas = Integer.toString(brokers);
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            all.put(topic + ".replication.factor", replicas);
        }
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.putAll(extra);
        all.put("process.roles", isBoth ? "broker,controller" : isController ? "controller" : "broker");
        all.put("node.id", Integer.toString(id));
        all.put("controller.quorum.voters", (isBoth ? 1 : CONTROLLER) + "@127.0.0.1:" + controllerPort);
        all.put("controller.listener.names", "CONTROLLER");
        all.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,CLIENT:PLAINTEXT");
        all.put("log.dirs", dir.resolve("data-" + id).toString());
        String controller = "CONTROLLER://127.0.0.1:" + controllerPort;
        if (isController) {
            all.put("listeners", controller);
            return all;
        }
        String direct = "PLAINTEXT://127.0.0.1:" + directPorts.get(id);
        Proxy proxy = proxies.get(id);
        all.put("inter.broker.listener.name", "PLAINTEXT");
        all.put("listeners", direct + ",CLIENT://127.0.0.1:" + proxy.target() + (isBoth ? "," + controller : ""));
        all.put("advertised.listeners", direct + ",CLIENT://127.0.0.1:" + proxy.port());
        return all;
    }

    private void await(int id) throws Exception {
        long deadline = System.currentTimeMillis() + START_MS;
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxies.get(id).target())) {
                return;
            } catch (IOException notYet) {
                if (!isAlive(id) || System.currentTimeMillis() > deadline) {
                    throw new IOException("broker " + id + " does not start:\n" + Files.readString(dir.resolve(id + ".log")));
                }
                Thread.sleep(100);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Stops everything and removes what it left; may be called again. */
    @Override
    public synchronized void close() {
        try {
            for (Process process : processes.values()) process.destroyForcibly();
            for (Process process : processes.values()) process.waitFor(10, TimeUnit.SECONDS);
            for (Proxy proxy : proxies.values()) proxy.close();
            if (!Files.exists(dir)) return;
            try (Stream<Path> paths = Files.walk(dir)) {
                paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        } catch (Exception failed) {
            System.err.println("cleaning up: " + failed);
        }
    }
}
