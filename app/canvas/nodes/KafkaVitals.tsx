import { useRef } from "react";
import { type ScenarioNode, settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import { useLive, write } from "../live.ts";
import styles from "./Frame.module.css";

/** What the frame of a consumer group shows of it: members, those without a partition, and how far behind it is. */
function GroupVitals({ node }: { node: ScenarioNode }) {
  const { t, format } = useText();
  const figures = useRef<HTMLSpanElement>(null);
  const { assignor } = settingsAs("group", node);
  useLive(() => {
    const [members, idle, lag] = ["members", "idleMembers", "lag"].map((name) => frames.metric(node.id, name)) as [
      number,
      number,
      number,
    ];
    const parts = Number.isNaN(members) ? [] : [t("kafka.face.members", { count: members })];
    if (idle > 0) parts.push(t("kafka.face.idle", { count: idle }));
    if (!Number.isNaN(lag)) parts.push(t("kafka.face.lag", { count: format.count(lag) }));
    write(figures.current, parts.join(" · "));
  });
  return (
    <span className={styles.vitals}>
      <span ref={figures} />
      <span className={styles.vhost} title={t("fields.group.assignor.label")}>
        {assignor}
      </span>
    </span>
  );
}

/** How many of a cluster's brokers are up. */
function ClusterVitals({ node }: { node: ScenarioNode }) {
  const { t } = useText();
  const up = useRef<HTMLSpanElement>(null);
  const { brokers } = settingsAs("cluster", node);
  useLive(() => {
    const running = frames.metric(node.id, "up");
    const isTold = brokers > 1 && !Number.isNaN(running);
    write(up.current, isTold ? t("kafka.face.brokersUp", { up: running, of: brokers }) : "");
  });
  return (
    <span className={styles.vitals}>
      <span ref={up} />
    </span>
  );
}

export default function KafkaVitals({ node }: { node: ScenarioNode }) {
  return node.kind === "group" ? <GroupVitals node={node} /> : <ClusterVitals node={node} />;
}
