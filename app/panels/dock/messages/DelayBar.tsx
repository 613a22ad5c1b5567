import type { MessageTrace, TraceStage, TraceWay } from "../../../../engine/worker/protocol.ts";
import { useDocument } from "../../../store/document.ts";
import { useText } from "../../../text/index.ts";
import styles from "./Messages.module.css";
import { exactMs } from "./timeline.ts";

/** Ways shown at most: one that is redelivered without end would fill the panel. */
const WAYS = 4;

/** The delay, cut into its stages to scale: for every time that the message was processed. */
export function DelayBar({ trace }: { trace: MessageTrace }) {
  const { t } = useText();
  const ways = trace.ways.filter(({ delay }) => !Number.isNaN(delay));
  if (ways.length === 0) return null;
  const longest = Math.max(...ways.map(({ delay }) => delay));
  return (
    <section className={styles.delays} aria-label={t(ways.length > 1 ? "life.delays" : "life.delay")}>
      {ways.slice(0, WAYS).map((way) => (
        <WayBar key={way.event} trace={trace} way={way} longest={longest} />
      ))}
    </section>
  );
}

function WayBar({ trace, way, longest }: { trace: MessageTrace; way: TraceWay; longest: number }) {
  const { t, find, format } = useText();
  const nodes = useDocument((s) => s.scenario.nodes);
  const nameOf = (id: string | undefined) => nodes.find((node) => node.id === id)?.name ?? id ?? "";
  const leg = trace.legs[way.leg];
  const processed = leg?.events.find(({ n }) => n === way.event);
  const parts = merged(way.stages).filter(({ length }) => length > 0);
  return (
    <div className={styles.way} data-delay={way.delay}>
      <p className={styles.wayTitle}>
        {t("life.delay")} <b>{t("life.ms", { n: exactMs(way.delay, format) })}</b>{" "}
        <span className={styles.quiet}>
          {t("life.delayAt", { queue: nameOf(leg?.node), node: nameOf(processed?.node) })}
        </span>
      </p>
      <div
        className={styles.bar}
        style={{ width: `${longest === 0 ? 100 : Math.max(2, (way.delay / longest) * 100)}%` }}
        aria-hidden
      >
        {parts.map(({ name, length }) => (
          <i key={name} data-stage={name} style={{ flexGrow: length / Math.max(1, way.delay) }} />
        ))}
      </div>
      <ul className={styles.parts}>
        {parts.map(({ name, length }) => (
          <li key={name} data-stage={name} data-us={length}>
            {find(`life.short.${name}`)} <b>{t("life.ms", { n: exactMs(length, format) })}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Stages of one name taken together: a message that came back waited more than once. */
function merged(stages: readonly TraceStage[]): { name: TraceStage["name"]; length: number }[] {
  const lengths = new Map<TraceStage["name"], number>();
  for (const { name, from, until } of stages) lengths.set(name, (lengths.get(name) ?? 0) + until - from);
  return [...lengths].map(([name, length]) => ({ name, length }));
}
