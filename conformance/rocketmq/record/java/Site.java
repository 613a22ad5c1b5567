package weir.record;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.rocketmq.client.impl.MQClientAPIImpl;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** A cluster and its administrator. */
final class Site implements AutoCloseable {
    private static int sites;

    final Cluster cluster;
    final DefaultMQAdminExt admin;

    Site(Cluster cluster) throws Exception {
        this.cluster = cluster;
        cluster.start();
        admin = new DefaultMQAdminExt(10_000);
        admin.setNamesrvAddr(cluster.namesrv());
        admin.setInstanceName("admin-" + number());
        admin.setClientIP("127.0.0.1");
        admin.setPollNameServerInterval(1_000);
        admin.start();
        awaitAll();
    }

    private void awaitAll() throws Exception {
        long deadline = System.currentTimeMillis() + 180_000;
        while (!isComplete()) {
            if (System.currentTimeMillis() > deadline) throw new IllegalStateException("the name server does not know all brokers");
            Thread.sleep(100);
        }
    }

    /** Lets all brokers run again, whatever was done to them. */
    void repair() throws Exception {
        for (String name : cluster.names()) {
            if (cluster.isAlive(name)) cluster.signal(name, "-CONT");
            else cluster.restart(name, Map.of());
        }
        awaitAll();
        Thread.sleep(3_000);
    }

    private static synchronized int number() {
        return ++sites;
    }

    private boolean isComplete() {
        try {
            var table = admin.examineBrokerClusterInfo().getBrokerAddrTable();
            if (table == null) return false;
            return table.values().stream().mapToInt(data -> data.getBrokerAddrs().size()).sum() == cluster.names().size();
        } catch (Exception notYet) {
            return false;
        }
    }

    /** The broker groups: a slave belongs to its master's. */
    List<String> brokerGroups() {
        TreeSet<String> groups = new TreeSet<>();
        cluster.names().forEach(name -> groups.add(Cluster.group(name)));
        return List.copyOf(groups);
    }

    boolean isSeveral() {
        return brokerGroups().size() > 1;
    }

    /** The client's calls below what its public classes offer. */
    MQClientAPIImpl calls() {
        return admin.getDefaultMQAdminExtImpl().getMqClientInstance().getMQClientAPIImpl();
    }

    @Override
    public void close() {
        admin.shutdown();
        cluster.close();
    }
}
