import { useRef } from "react";
import { type ScenarioNode, settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import { mark, useLive, write } from "../live.ts";
import styles from "./Frame.module.css";
import own from "./RocketVitals.module.css";

/** Waits before the retries, s: RocketMQ's delay levels from the third on. */
const WAITS = [10, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1200, 1800, 3600, 7200];

/** What the frame of a consumer group shows of it: members, how far behind it is, what waits on which step of the retry ladder, and dead letters. */
function GroupVitals({ node }: { node: ScenarioNode }) {
  const { t, format } = useText();
  const figures = useRef<HTMLSpanElement>(null);
  const dead = useRef<HTMLSpanElement>(null);
  const steps = useRef<(HTMLElement | null)[]>([]);
  const { mode, order, filter, maxReconsume } = settingsAs("rmqGroup", node);
  const hasLadder = mode === "clustering" && order === "concurrent" && maxReconsume > 0;
  const count = hasLadder ? Math.min(WAITS.length, maxReconsume) : 0;
  // What every group does unless told otherwise gives way to a filter.
  const isTold = filter === "*" || mode !== "clustering" || order !== "concurrent";
  useLive(() => {
    const read = (name: string) => frames.metric(node.id, name);
    const [members, idle, lag] = [read("members"), read("idleMembers"), read("lag")];
    const parts = Number.isNaN(members) ? [] : [t("rocketmq.face.members", { count: members })];
    if (idle > 0) parts.push(t("rocketmq.face.idle", { count: idle }));
    if (!Number.isNaN(lag)) parts.push(t("rocketmq.face.lag", { count: format.count(lag) }));
    write(figures.current, parts.join(" · "));
    for (let i = 0; i < count; i++) {
      const step = steps.current[i];
      const waiting = read(`retrying[${i + 1}]`);
      if (!step) continue;
      mark(step, "data-waits", String(waiting > 0));
      write(step, waiting > 0 ? format.count(waiting) : "");
    }
    const gone = read("dead");
    write(dead.current, gone > 0 ? t("rocketmq.face.dead", { count: format.count(gone) }) : "");
  });
  return (
    <>
      <span className={styles.vitals}>
        <span ref={figures} className={own.figures} />
        {filter !== "*" && (
          <span className={`${styles.vhost} ${own.filter}`} title={filter}>
            {filter}
          </span>
        )}
        {isTold && (
          <span className={styles.vhost}>
            {t(order === "orderly" ? "fields.rmqGroup.order.choices.orderly" : `fields.rmqGroup.mode.choices.${mode}`)}
          </span>
        )}
      </span>
      <span className={own.ladder} data-shown={count > 0}>
        {count > 0 && <span className={own.title}>{t("rocketmq.face.ladder")}</span>}
        {Array.from({ length: count }, (_, i) => i).map((i) => (
          <i
            key={i}
            ref={(element) => {
              steps.current[i] = element;
            }}
            className={own.step}
            title={t("rocketmq.face.step", { step: i + 1, time: format.duration((WAITS[i] as number) * 1_000_000) })}
          />
        ))}
        <span ref={dead} className={own.dead} />
      </span>
    </>
  );
}

/** How many of a set's masters are up; of one alone, too, when a slave may take over. */
function BrokerVitals({ node }: { node: ScenarioNode }) {
  const { t } = useText();
  const up = useRef<HTMLSpanElement>(null);
  const { masters, failover } = settingsAs("brokerSet", node);
  useLive(() => {
    const running = frames.metric(node.id, "up");
    const isTold = (masters > 1 || failover === "on") && !Number.isNaN(running);
    write(up.current, isTold ? t("rocketmq.face.brokersUp", { up: running, of: masters }) : "");
  });
  return (
    <span className={styles.vitals}>
      <span ref={up} />
    </span>
  );
}

export default function RocketVitals({ node }: { node: ScenarioNode }) {
  return node.kind === "rmqGroup" ? <GroupVitals node={node} /> : <BrokerVitals node={node} />;
}
