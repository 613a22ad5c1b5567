import { useRef } from "react";
import { endType, type ScenarioNode } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import { useLive, write } from "../live.ts";
import face from "./Face.module.css";
import { Name } from "./Face.tsx";
import styles from "./SocketBody.module.css";

/** The types of its two sockets, what it hands on, what lies in their queues, and what it dropped; of a load balancer, how many workers are free. */
export default function ProxyBody({ node }: { node: ScenarioNode }) {
  const { t, format } = useText();
  const rate = useRef<HTMLSpanElement>(null);
  const queued = useRef<HTMLSpanElement>(null);
  const note = useRef<HTMLSpanElement>(null);
  const { id } = node;
  useLive(() => {
    const handed = frames.metric(id, "forwarded.rate");
    write(rate.current, Number.isNaN(handed) ? "" : format.perSecond(handed));
    const waiting = frames.metric(id, "queued");
    write(queued.current, Number.isNaN(waiting) ? "" : t("zeromq.face.queued", { count: format.count(waiting) }));
    const [dropped, free] = [frames.metric(id, "dropped.total"), frames.metric(id, "idleWorkers")];
    const words = [
      Number.isNaN(free) ? "" : t("zeromq.face.free", { count: format.count(free) }),
      dropped > 0 ? t("zeromq.face.dropped", { count: format.count(dropped) }) : "",
    ];
    write(note.current, words.filter((word) => word !== "").join(" · "));
    // Who is free is no bad news; what was dropped is.
    if (note.current) note.current.style.color = dropped > 0 ? "" : "var(--text-2)";
  });
  return (
    <>
      <span className={styles.letters}>{endType(node, true)}</span>
      <div className={`${face.body} ${styles.body} ${styles.middle}`}>
        <div className={face.head}>
          <Name node={node} />
        </div>
        <div className={face.row}>
          <div className={face.figures}>
            <span ref={rate} className={face.big} />
            <span ref={queued} className={face.small} />
          </div>
        </div>
      </div>
      <span className={`${styles.letters} ${styles.behind}`}>{endType(node)}</span>
      <span ref={note} className={face.under} />
    </>
  );
}
