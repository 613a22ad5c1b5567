import { List } from "lucide-react";
import type { MessageTrace, RunEvent, TraceLeg, TraceStage } from "../../../../engine/worker/protocol.ts";
import { useDocument } from "../../../store/document.ts";
import { useLife } from "../../../store/life.ts";
import { useView } from "../../../store/view.ts";
import { useText, type Words } from "../../../text/index.ts";
import { EventRule } from "../../inspector/RuleNote.tsx";
import { IconButton } from "../../shell/IconButton.tsx";
import { EventSentence } from "../events/EventSentence.tsx";
import { weightOf } from "../events/sentence.ts";
import { showEvents } from "./go.ts";
import styles from "./Messages.module.css";
import { exactMs, lengthOf, rowsOf } from "./timeline.ts";

/** What a leg is called: a publish, one of several tries, or the copy in a queue. */
function titleOf(trace: MessageTrace, leg: TraceLeg, { t }: Words, nameOf: (id: string) => string): string {
  if (leg.kind === "copy") {
    return leg.node === "" ? t("life.leg.unplaced") : t("life.leg.copy", { node: nameOf(leg.node) });
  }
  const tries = trace.legs.filter(({ kind, node }) => kind === "publish" && node === leg.node);
  const node = nameOf(leg.node);
  return tries.length > 1 ? t("life.leg.try", { n: tries.indexOf(leg) + 1, node }) : t("life.leg.publish", { node });
}

/** One publish or one copy, as a vertical timeline: events as dots, the stages between them as stretches with their length. */
export function LegView({ trace, leg }: { trace: MessageTrace; leg: TraceLeg }) {
  const words = useText();
  const { t, find } = words;
  const nodes = useDocument((s) => s.scenario.nodes);
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? id;
  const parent = trace.legs[leg.parent];
  const isPassed = leg.outcome === "open" && trace.legs.some((child) => child.parent === leg.id);
  const outcome = isPassed ? "passed" : leg.outcome;
  const reason = leg.reason === undefined ? undefined : find(`events.reasons.${leg.reason}`);
  return (
    <section className={styles.leg} data-leg={leg.kind} data-outcome={outcome}>
      <h4 className={styles.legTitle}>
        {titleOf(trace, leg, words, nameOf)}
        <span className={styles.outcome}>
          {find(`life.outcome.${outcome}`)}
          {reason !== undefined && outcome !== "processed" && ` · ${reason}`}
        </span>
      </h4>
      {parent !== undefined && parent.kind === "copy" && (
        <p className={styles.quiet}>{t("life.legFrom", { leg: titleOf(trace, parent, words, nameOf) })}</p>
      )}
      <ol className={styles.steps}>
        {rowsOf(leg).map((row) =>
          "event" in row ? (
            <EventRow key={`e${row.event.n}`} event={row.event} />
          ) : (
            <StageRow
              key={`s${row.stage.name}${row.stage.from}-${row.stage.event}`}
              stage={row.stage}
              now={trace.time}
            />
          ),
        )}
      </ol>
    </section>
  );
}

function EventRow({ event }: { event: RunEvent }) {
  const { t, format } = useText();
  const node = useDocument((s) => s.scenario.nodes.find(({ id }) => id === event.node));
  const select = useView((s) => s.select);
  const choose = () => {
    if (node !== undefined) select({ nodes: [node.id] });
    useLife.setState({ event: event.n });
  };
  return (
    <li className={styles.event} data-weight={weightOf(event.kind)}>
      <div className={styles.eventLine}>
        <button type="button" className={styles.eventButton} data-event={event.kind} onClick={choose}>
          <span className={styles.clock}>{format.clock(event.t)}</span>
          <EventSentence event={event} plain />
        </button>
        <IconButton label={t("life.inEvents", { n: event.n })} onClick={() => showEvents({}, event.n)}>
          <List size={14} />
        </IconButton>
      </div>
      <EventRule event={event} />
    </li>
  );
}

function StageRow({ stage, now }: { stage: TraceStage; now: number }) {
  const { t, find, format } = useText();
  const length = lengthOf(stage, now);
  const isOpen = Number.isNaN(stage.until);
  if (length === 0 && !isOpen) return null;
  return (
    <li className={styles.stage} data-stage={stage.name} data-us={length} data-open={isOpen || undefined}>
      {find(`life.stage.${stage.name}`)}{" "}
      <b>
        {Number.isNaN(length)
          ? t("life.unknownLength")
          : t(isOpen ? "life.soFar" : "life.ms", { n: exactMs(length, format) })}
      </b>
    </li>
  );
}
