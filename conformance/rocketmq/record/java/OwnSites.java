package weir.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The brokers for cases that describe them in their first step. Cases one after another that describe the same share them, put right in between. */
final class OwnSites implements AutoCloseable {
    private ObjectNode wanted;
    private Site site;
    private boolean isChanged;

    /** @param steps of the case that comes now */
    Site site(List<ObjectNode> steps) throws Exception {
        ObjectNode start = steps.get(0);
        if (site != null && (isChanged || !start.equals(wanted))) close();
        if (site == null) site = new Site(new Cluster(start));
        else site.repair();
        wanted = start;
        isChanged = steps.stream().anyMatch(step -> step.get("op").asText().equals("broker.start") && step.has("config"));
        return site;
    }

    @Override
    public void close() {
        if (site != null) site.close();
        site = null;
    }
}
