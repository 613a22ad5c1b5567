import { brokerOf, type ScenarioNode, settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { warnOfMovingKeys } from "../../panels/shell/keys-move.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import { type LaneTold, TopicFace } from "./TopicFace.tsx";

// With the first topic that is drawn.
warnOfMovingKeys();

/** A Kafka topic as lanes, one a partition; what is not on enough replicas yet is hidden from readers. */
export default function TopicBody({ node }: { node: ScenarioNode }) {
  const { t } = useText();
  const { partitions, replication } = settingsAs("topic", node);
  const isReplicated = useDocument((s) => {
    const cluster = brokerOf(s.scenario, node);
    return replication > 1 && cluster !== undefined && settingsAs("cluster", cluster).brokers > 1;
  });
  const laneOf = (partition: number): LaneTold => ({
    number: partition,
    title: t("kafka.face.partition", { partition }),
    read: () => {
      const read = (name: string) => frames.metric(node.id, `${name}[${partition}]`);
      const leader = read("leader");
      return {
        start: read("startOffset"),
        end: read("endOffset"),
        readable: read("highWatermark"),
        isOffline: leader === 0,
        ...(isReplicated &&
          leader > 0 && { before: t("kafka.face.leader", { leader, isr: read("isr"), of: replication }) }),
      };
    },
  });
  return <TopicFace node={node} system="kafka" lanes={partitions} laneOf={laneOf} />;
}
