import { useRef } from "react";
import { type ScenarioNode, settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import { useLive, write } from "../live.ts";
import styles from "./Frame.module.css";

/** One bar: how much of a limit is used. */
export function Bar({ id, metric, limit, label }: { id: string; metric: string; limit: number; label: string }) {
  const { format } = useText();
  const fill = useRef<HTMLElement>(null);
  const figure = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const bytes = frames.metric(id, metric) || 0;
    const share = Math.min(1, bytes / limit);
    if (fill.current) {
      fill.current.style.transform = `scaleX(${share.toFixed(3)})`;
      fill.current.dataset.full = String(share >= 1);
    }
    write(figure.current, format.bytes(bytes));
  });
  return (
    <span className={styles.vital}>
      {label}
      <span className={styles.bar}>
        <i ref={fill} />
      </span>
      <span ref={figure} />
    </span>
  );
}

/** What a broker's frame shows of the broker: version, nodes that are up, and how near memory and disk are to their alarms. */
export function BrokerVitals({ node }: { node: ScenarioNode }) {
  const { t, format } = useText();
  const up = useRef<HTMLSpanElement>(null);
  const { version, nodes, memoryLimit, diskLimit } = settingsAs("broker", node);
  useLive(() => {
    const running = frames.metric(node.id, "up");
    write(up.current, nodes === 1 || Number.isNaN(running) ? "" : t("canvas.face.nodesUp", { up: running, of: nodes }));
  });
  return (
    <span className={styles.vitals}>
      {version !== "4" && <span className={styles.vhost}>{version}</span>}
      <span ref={up} title={format.number(nodes)} />
      {memoryLimit !== null && <Bar id={node.id} metric="memory" limit={memoryLimit} label={t("canvas.face.memory")} />}
      {diskLimit !== null && <Bar id={node.id} metric="disk" limit={diskLimit} label={t("canvas.face.disk")} />}
    </span>
  );
}
