package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real name server and real brokers on 127.0.0.1. A broker is `a` (a master), `b` (another group's master) or `a-slave` (brokerId 1 of a's group).
 */
final class Cluster implements AutoCloseable {
    private static final long START_MS = 180_000;
    private static final Path FOLDER = Path.of(System.getProperty("folder"));
    static final String DELAY_LEVELS = "1s 5s 3s 2s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 4s";

    /** Settings of every broker that differ from RocketMQ's defaults and can be seen by clients; OPS.md lists them. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
        Map.entry("autoCreateTopicEnable", "false"),
        Map.entry("enablePropertyFilter", "true"),
        Map.entry("messageDelayLevel", DELAY_LEVELS),
        Map.entry("transactionCheckInterval", "1000"),
        Map.entry("transactionCheckMax", "4"),
        Map.entry("transactionOpBatchInterval", "100"));

    /** Settings that only keep the brokers small. */
    private static final Map<String, String> SMALL = Map.ofEntries(
        Map.entry("mappedFileSizeCommitLog", "16777216"),
        Map.entry("mappedFileSizeConsumeQueue", "20000"),
        Map.entry("mappedFileSizeTimerLog", "1048576"),
        Map.entry("maxHashSlotNum", "5000"),
        Map.entry("maxIndexNum", "20000"),
        Map.entry("diskMaxUsedSpaceRatio", "90"),
        Map.entry("sendMessageThreadPoolNums", "4"),
        Map.entry("pullMessageThreadPoolNums", "8"),
        Map.entry("queryMessageThreadPoolNums", "2"),
        Map.entry("adminBrokerThreadPoolNums", "4"),
        Map.entry("clientManageThreadPoolNums", "4"),
        Map.entry("consumerManageThreadPoolNums", "4"),
        Map.entry("endTransactionThreadPoolNums", "1"),
        Map.entry("ackMessageThreadPoolNums", "2"),
        Map.entry("processReplyMessageThreadPoolNums", "2"));

    private final Path dir;
    /** The jars of the brokers: those of line 5, or those of line 4 if the case says so. */
    private final boolean isLine4;
    private final int namesrvPort;
    private final Map<String, Map<String, String>> brokers = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new TreeMap<>();
    private final Map<String, Process> processes = new TreeMap<>();
    private final Thread hook = new Thread(this::close);

    /** @param step names the brokers and their settings, as `cluster.start` does */
    Cluster(JsonNode step) throws IOException {
        dir = Files.createTempDirectory(FOLDER, "cluster-");
        isLine4 = step.has("line") && step.get("line").asInt() == 4;
        namesrvPort = freePort();
        for (JsonNode broker : step.get("brokers")) {
            Map<String, String> settings = new TreeMap<>(SETTINGS);
            settings.putAll(SMALL);
            Fields.config(step, "config").forEach(settings::put);
            Fields.config(broker, "config").forEach(settings::put);
            brokers.put(broker.get("name").asText(), settings);
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts the name server and all brokers and waits until each is known to it. */
    void start() throws Exception {
        Path logging = Files.createDirectories(dir.resolve("home").resolve("conf"));
        // Line 4 wants files of its own for that.
        for (String name : List.of("logback_namesrv.xml", "logback_broker.xml")) Files.writeString(logging.resolve(name), "<configuration><root level=\"OFF\"/></configuration>");
        launch("namesrv", "192m", List.of(), "org.apache.rocketmq.namesrv.NamesrvStartup", namesrvFile());
        await("namesrv", namesrvPort);
        for (String name : brokers.keySet()) {
            ports.put(name, freeBrokerPort());
            startBroker(name);
        }
        for (String name : brokers.keySet()) await(name, ports.get(name));
    }

    private Path namesrvFile() throws IOException {
        Path file = dir.resolve("namesrv.properties");
        Files.writeString(file, "listenPort=" + namesrvPort + "\nrocketmqHome=" + dir.resolve("home") + "\n");
        return file;
    }

    String namesrv() {
        return "127.0.0.1:" + namesrvPort;
    }

    String address(String broker) {
        return "127.0.0.1:" + ports.get(broker);
    }

    List<String> names() {
        return new ArrayList<>(brokers.keySet());
    }

    /** The name that RocketMQ knows a broker's group by: a slave has its master's. */
    static String group(String broker) {
        return broker.replace("-slave", "");
    }

    /** SIGKILL: what a crash of the process leaves behind. */
    void kill(String name) throws Exception {
        processes.get(name).destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    /** SIGTERM. */
    void stop(String name) throws Exception {
        processes.get(name).destroy();
        if (!processes.get(name).waitFor(30, TimeUnit.SECONDS)) kill(name);
    }

    void signal(String name, String signal) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(processes.get(name).pid())).start().waitFor(5, TimeUnit.SECONDS);
    }

    boolean isAlive(String name) {
        return processes.containsKey(name) && processes.get(name).isAlive();
    }

    void restart(String name, Map<String, String> config) throws Exception {
        brokers.get(name).putAll(config);
        startBroker(name);
        await(name, ports.get(name));
    }

    private void startBroker(String name) throws Exception {
        int port = ports.get(name);
        Properties all = new Properties();
        all.putAll(brokers.get(name));
        boolean isSlave = name.endsWith("-slave");
        all.put("brokerClusterName", "weir");
        all.put("brokerName", group(name));
        all.put("brokerId", isSlave ? "1" : "0");
        if (isSlave) all.put("brokerRole", "SLAVE");
        all.put("namesrvAddr", namesrv());
        all.put("brokerIP1", "127.0.0.1");
        all.put("brokerIP2", "127.0.0.1");
        all.put("listenPort", Integer.toString(port));
        all.put("haListenPort", Integer.toString(port + 1));
        all.put("rocketmqHome", dir.resolve("home").toString());
        all.put("storePathRootDir", dir.resolve(name).toString());
        all.put("storePathCommitLog", dir.resolve(name).resolve("commitlog").toString());
        Path file = dir.resolve(name + ".properties");
        try (var out = Files.newOutputStream(file)) {
            all.store(out, null);
        }
        launch(name, "512m", List.of("-XX:MaxDirectMemorySize=512m", "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED", "-Drocketmq.broker.rebalance.lockMaxLiveTime=8000"),
            "org.apache.rocketmq.broker.BrokerStartup", file);
    }

    private void launch(String name, String heap, List<String> options, String main, Path file) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xms64m", "-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        if (isLine4) {
            command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"));
        }
        command.addAll(List.of("-Duser.home=" + dir, "-Drocketmq.home.dir=" + dir.resolve("home"), "-cp", isLine4 ? "target/lib-4/*" : "logging-broker:target/lib/*", main, "-c", file.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve(name + ".log").toFile())).start();
        processes.put(name, process);
        Path pids = Files.createDirectories(FOLDER.resolve("pids"));
        Files.createFile(pids.resolve(Long.toString(process.pid())));
        process.onExit().thenRun(() -> pids.resolve(Long.toString(process.pid())).toFile().delete());
    }

    private void await(String name, int port) throws Exception {
        long deadline = System.currentTimeMillis() + START_MS;
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (!isAlive(name) || System.currentTimeMillis() > deadline) {
                    throw new IOException(name + " does not start:\n" + Files.readString(dir.resolve(name + ".log")));
                }
                Thread.sleep(100);
            }
        }
    }

    private static int nextPort = 12_000 + (int) (ProcessHandle.current().pid() % 500) * 16;

    /** A port below those that systems hand out to clients, so that it is still free when a broker starts again. */
    private static synchronized int freePort() {
        while (true) {
            nextPort = nextPort > 29_000 ? 12_000 : nextPort + 4;
            if (isFree(nextPort)) return nextPort;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** A broker also takes the port two below (the fast one) and, here, the one above (replication). */
    private static int freeBrokerPort() {
        while (true) {
            int port = freePort();
            if (isFree(port - 2) && isFree(port + 1)) return port;
        }
    }

    /** Ends everything and removes what it left; may be called again. */
    @Override
    public synchronized void close() {
        try {
            for (Process process : processes.values()) process.destroyForcibly();
            for (Process process : processes.values()) process.waitFor(10, TimeUnit.SECONDS);
            if (!Files.exists(dir)) return;
            try (Stream<Path> paths = Files.walk(dir)) {
                paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        } catch (Exception failed) {
            System.err.println("cleaning up: " + failed);
        }
        if (Thread.currentThread() != hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // It has begun.
            }
        }
    }
}
