import { useEffect, useRef, useState } from "react";
import { frames } from "../bridge/index.ts";
import { metricName, showValue, unitOf } from "../panels/dock/charts/metric-format.ts";
import { useDocument } from "../store/document.ts";
import { useRun } from "../store/run.ts";
import controls from "../styles/controls.module.css";
import { useText } from "../text/index.ts";
import styles from "./HoverCard.module.css";
import { useCanvas } from "./state.ts";

/** The five figures that matter most, by kind. */
const MAIN: Record<string, readonly string[]> = {
  producer: ["publish.rate", "publish.total", "outbox", "retry.total", "response.p95"],
  exchange: ["in.rate", "out.rate", "in.total", "out.total", "unroutable.total"],
  queue: ["ready", "unacked", "publish.rate", "deliver.rate", "wait.p95"],
  list: ["ready", "unacked", "publish.rate", "deliver.rate", "wait.p95"],
  stream: ["length", "lag", "pending", "produce.rate", "fetch.rate"],
  topic: ["length", "lag", "produce.rate", "fetch.rate", "wait.p95"],
  rmqTopic: ["endOffset", "lag", "delayed", "half", "fetch.rate"],
  rmqGroup: ["members", "lag", "lagTime", "retrying", "dead"],
  group: ["members", "idleMembers", "lag", "lagTime", "rebalances.total"],
  channel: ["subscribers", "publish.rate", "deliver.rate", "missed.total", "buffered"],
  socket: ["publish.rate", "processed.rate", "queued", "dropped.total", "peers"],
  proxy: ["forwarded.rate", "queued", "dropped.total", "idleWorkers", "peers"],
  consumer: ["processed.rate", "processed.total", "utilisation", "errors.total", "e2e.p95"],
  service: ["processed.rate", "processed.total", "utilisation", "errors.total", "e2e.p95"],
};
const AFTER_MS = 300;
/** Time to move from the node to its card. */
const GRACE_MS = 120;
const RENEW_MS = 250;
const WIDTH = 216;
const HEIGHT = 168;
const MARGIN = 8;

interface Shown {
  id: string;
  x: number;
  y: number;
}

/** Figures of the node under the pointer or the focus; Esc sends them away, and they stay while pointed at. */
export default function HoverCard() {
  const [shown, setShown] = useState<Shown | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const isBusy = useCanvas(
    (s) => s.menu !== null || s.connecting !== null || s.quickAdd !== null || s.editing !== null,
  );

  useEffect(() => {
    const surface = document.querySelector<HTMLElement>("[data-region=canvas]");
    if (!surface) return;
    let opening: ReturnType<typeof setTimeout> | undefined;
    let closing: ReturnType<typeof setTimeout> | undefined;
    let wanted: string | undefined;
    const close = () => {
      clearTimeout(opening);
      wanted = undefined;
      setShown(null);
    };
    const look = (event: Event) => {
      const target = event.target as Element;
      if (card.current?.contains(target)) {
        clearTimeout(closing);
        return;
      }
      // A focus that a click or a command has put there is no question about figures.
      if (event.type === "focusin" && !target.matches(":focus-visible")) return;
      const node = target.closest<HTMLElement>(".react-flow__node");
      const id = node?.dataset.id;
      if (id === wanted) return;
      wanted = id;
      clearTimeout(opening);
      clearTimeout(closing);
      if (!node || id === undefined) {
        closing = setTimeout(() => setShown(null), GRACE_MS);
        return;
      }
      opening = setTimeout(() => {
        const box = node.getBoundingClientRect();
        const left = Math.min(box.left + (box.width - WIDTH) / 2, window.innerWidth - WIDTH - MARGIN);
        const below = box.bottom + 14;
        const top = below + HEIGHT > window.innerHeight - MARGIN ? box.top - HEIGHT - 14 : below;
        setShown({ id, x: Math.max(MARGIN, left), y: Math.max(MARGIN, top) });
      }, AFTER_MS);
    };
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    const leave = (event: Event) => {
      if (!card.current?.contains((event as PointerEvent).relatedTarget as Node | null)) look(event);
    };
    surface.addEventListener("pointerover", look);
    surface.addEventListener("focusin", look);
    surface.addEventListener("pointerleave", leave);
    surface.addEventListener("pointerdown", close, true);
    surface.addEventListener("wheel", close, { passive: true });
    window.addEventListener("keydown", press, true);
    return () => {
      clearTimeout(opening);
      clearTimeout(closing);
      surface.removeEventListener("pointerover", look);
      surface.removeEventListener("focusin", look);
      surface.removeEventListener("pointerleave", leave);
      surface.removeEventListener("pointerdown", close, true);
      surface.removeEventListener("wheel", close);
      window.removeEventListener("keydown", press, true);
    };
  }, []);

  // Before anything has happened there is nothing to tell.
  const hasBegun = useRun((s) => s.time > 0);
  if (shown === null || isBusy || !hasBegun) return null;
  return (
    <div
      ref={card}
      className={`${controls.float} ${styles.card}`}
      style={{ left: shown.x, top: shown.y, width: WIDTH }}
    >
      <Figures id={shown.id} />
    </div>
  );
}

function Figures({ id }: { id: string }) {
  const words = useText();
  const node = useDocument((s) => s.scenario.nodes.find((one) => one.id === id));
  const [, renew] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => renew((count) => count + 1), RENEW_MS);
    return () => clearInterval(timer);
  }, []);
  const metrics = node && Object.hasOwn(MAIN, node.kind) ? MAIN[node.kind] : undefined;
  if (!node || !metrics) return null;
  return (
    <>
      <p className={styles.title}>
        <span>{node.name}</span>
        <small>{words.find(`kinds.${node.kind}.name`)}</small>
      </p>
      <dl className={`${styles.figures} ${controls.figures}`}>
        {metrics.map((metric) => (
          <div key={metric}>
            <dt>{metricName(metric, node.kind, words)}</dt>
            <dd>{showValue(frames.metric(id, metric), unitOf(metric), words)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
