import type { NodeProps } from "@xyflow/react";
import { memo, useRef } from "react";
import { settingsOf } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import type { FlowNode } from "../flow-model.ts";
import { useLive, write } from "../live.ts";
import { pipe, pipeRim } from "../shapes.ts";
import { depthShare } from "./depth.ts";
import styles from "./Face.module.css";
import { Face, Name } from "./Face.tsx";

const OLD_US = 5_000_000;
const TICKS = [10, 100, 1000, 10_000];

/** (A browser does nothing for a style that is the same.) */
function widen(bar: HTMLElement | null, share: number): void {
  if (bar) bar.style.backgroundSize = `${(share * 100).toFixed(1)}% 100%`;
}

export const QueueNode = memo(function QueueNode({
  id,
  data,
  selected,
  width = 176,
  height = 80,
}: NodeProps<FlowNode>) {
  const { format, t } = useText();
  const ready = useRef<HTMLSpanElement>(null);
  const all = useRef<HTMLSpanElement>(null);
  const counts = useRef<HTMLSpanElement>(null);
  const rates = useRef<HTMLSpanElement>(null);
  const age = useRef<HTMLSpanElement>(null);
  const { node } = data;
  const { maxLength, queueType, trim, take, push, pop } = settingsOf(node);
  const most = maxLength ?? trim;
  const limit = typeof most === "number" && most > 0 ? most : null;
  const isList = node.kind === "list";
  const marks = isList ? [take === "move" && "LMOVE", push === pop && "LIFO"] : [queueType !== "classic" && queueType];
  useLive(() => {
    const [waiting, held] = [frames.metric(id, "ready"), frames.metric(id, "unacked")];
    widen(ready.current, depthShare(waiting || 0, limit));
    widen(all.current, depthShare((waiting || 0) + (held || 0), limit));
    write(counts.current, frames.latest === null ? "0 · 0" : `${format.count(waiting)} · ${format.count(held)}`);
    const into = frames.metric(id, "publish.rate");
    write(
      rates.current,
      Number.isNaN(into) ? "" : `${format.rate(into)} → ${format.perSecond(frames.metric(id, "deliver.rate"))}`,
    );
    const oldest = frames.metric(id, "oldestAge");
    // What waits for its time is told first; what is old may be so on purpose then.
    const delayed = isList ? frames.metric(id, "delayed") : 0;
    const old = oldest > OLD_US ? t("canvas.face.oldest", { age: format.duration(oldest) }) : "";
    write(age.current, delayed > 0 ? t("canvas.face.delayed", { count: format.count(delayed) }) : old);
    // That is no bad news.
    if (age.current) age.current.style.color = delayed > 0 ? "var(--text-2)" : "";
  });
  return (
    <Face
      node={node}
      selected={selected}
      width={width}
      height={height}
      outline={pipe(width, height)}
      detail={pipeRim(width, height)}
      tint="queue"
      canSend
      canTake
    >
      <div className={styles.body} data-shape="pipe">
        <div className={styles.head}>
          <Name node={node} />
          {marks.map(
            (one) =>
              one && (
                <span key={String(one)} className={styles.times}>
                  {String(one)}
                </span>
              ),
          )}
        </div>
        <div className={styles.depth}>
          <span ref={all} className={styles.held} />
          <span ref={ready} className={styles.ready} />
          {limit === null
            ? TICKS.map((tick) => (
                <i key={tick} className={styles.tick} style={{ left: `${depthShare(tick, null) * 100}%` }} />
              ))
            : null}
          {limit !== null && <i className={styles.limit} title={t("canvas.face.limit", { count: limit })} />}
        </div>
        <div className={styles.row}>
          <span ref={counts} className={styles.counts} title={t("canvas.face.readyUnacked")} />
          <span ref={rates} className={styles.small} />
        </div>
      </div>
      <span ref={age} className={styles.under} />
    </Face>
  );
});
