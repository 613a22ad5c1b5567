import { useRef } from "react";
import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import { useLive, write } from "../live.ts";
import styles from "./Face.module.css";
import { Name } from "./Face.tsx";
import { Glyph } from "./Glyph.tsx";

/** Who listens now, what goes through, and what nobody heard. */
export default function ChannelBody({ node }: { node: ScenarioNode }) {
  const { t, format } = useText();
  const subscribers = useRef<HTMLSpanElement>(null);
  const rates = useRef<HTMLSpanElement>(null);
  const missed = useRef<HTMLSpanElement>(null);
  const { id } = node;
  useLive(() => {
    const listening = frames.metric(id, "subscribers");
    write(subscribers.current, Number.isNaN(listening) ? "" : t("redis.face.subscribers", { count: listening }));
    const into = frames.metric(id, "publish.rate");
    const out = frames.metric(id, "deliver.rate");
    write(rates.current, Number.isNaN(into) ? "" : `${format.rate(into)} → ${format.perSecond(out)}`);
    const gone = frames.metric(id, "missed.total");
    write(missed.current, gone > 0 ? t("redis.face.missed", { count: format.count(gone) }) : "");
  });
  return (
    <>
      <div className={styles.body} data-shape="hexagon">
        <div className={styles.head}>
          <Glyph kind={node.kind} />
          <Name node={node} />
        </div>
        <span ref={subscribers} className={styles.counts} />
        <span ref={rates} className={styles.small} />
      </div>
      <span ref={missed} className={styles.under} />
    </>
  );
}
