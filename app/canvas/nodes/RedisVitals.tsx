import { useRef } from "react";
import { type ScenarioNode, settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import { useLive, write } from "../live.ts";
import { Bar } from "./BrokerVitals.tsx";
import styles from "./Frame.module.css";

/** What a Redis server's frame shows of it: what survives a crash, how many servers are up, and how near memory is to its limit. */
export default function RedisVitals({ node }: { node: ScenarioNode }) {
  const { t } = useText();
  const up = useRef<HTMLSpanElement>(null);
  const { persist, replicas, maxMemory } = settingsAs("redis", node);
  useLive(() => {
    const running = frames.metric(node.id, "up");
    const of = replicas + 1;
    write(up.current, replicas === 0 || Number.isNaN(running) ? "" : t("redis.face.serversUp", { up: running, of }));
  });
  return (
    <span className={styles.vitals}>
      <span className={styles.vhost} title={t("fields.redis.persist.label")}>
        {t(`redis.persist.${persist}`)}
      </span>
      <span ref={up} />
      {maxMemory !== null && <Bar id={node.id} metric="memory" limit={maxMemory} label={t("canvas.face.memory")} />}
    </span>
  );
}
