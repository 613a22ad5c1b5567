import { useRef } from "react";
import { hasWay, type ScenarioNode, socketType } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import { useLive, write } from "../live.ts";
import face from "./Face.module.css";
import { Name } from "./Face.tsx";
import { Ring } from "./Ring.tsx";
import styles from "./SocketBody.module.css";

/** A sender that stands still for less of its time is not held up in a way worth telling. */
const HELD_SHARE = 0.01;

/** Type, rate, what lies in the queues, what was dropped or how long the sender stood still; of one that works, how busy it is. */
export default function SocketBody({ node }: { node: ScenarioNode }) {
  const { t, format } = useText();
  const rate = useRef<HTMLSpanElement>(null);
  const queued = useRef<HTMLSpanElement>(null);
  const trouble = useRef<HTMLSpanElement>(null);
  const { id } = node;
  const type = socketType(node);
  useLive(() => {
    const [made, done] = [frames.metric(id, "publish.rate"), frames.metric(id, "processed.rate")];
    write(rate.current, Number.isNaN(made) ? "" : format.perSecond(Math.max(made, done)));
    const waiting = frames.metric(id, "queued");
    write(queued.current, Number.isNaN(waiting) ? "" : t("zeromq.face.queued", { count: format.count(waiting) }));
    const dropped = frames.metric(id, "dropped.total");
    const held = frames.metric(id, "blockedShare");
    const words =
      dropped > 0
        ? t("zeromq.face.dropped", { count: format.count(dropped) })
        : held > HELD_SHARE
          ? t("zeromq.face.held", { share: format.share(held) })
          : "";
    write(trouble.current, words);
  });
  return (
    <>
      <span className={styles.letters}>{type}</span>
      <div className={`${face.body} ${styles.body}`}>
        <div className={face.head}>
          <Name node={node} />
        </div>
        <div className={face.row}>
          <div className={face.figures}>
            <span ref={rate} className={face.big} />
            <span ref={queued} className={face.small} />
          </div>
          {hasWay(type, true) && <Ring id={id} size={32} radius={12} />}
        </div>
      </div>
      <span ref={trouble} className={face.under} />
    </>
  );
}
