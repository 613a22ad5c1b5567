import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { operationSpec, type TimelineEntry } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useText } from "../../../text/index.ts";
import { say } from "../../status/say.ts";
import { plannedMarks, scaleEnd } from "../../transport/marks.ts";
import { removeEntry, replaceEntry, shifted, stateOf, withEndMoved } from "./edits.ts";
import styles from "./Timeline.module.css";
import { showTime } from "./times.ts";
import { useEntryWords } from "./words.ts";

/** Steps of the arrow keys and of dragging, virtual ms. */
const STEP = 100;
const LARGE_STEP = 1000;
/** Distances of ticks, s. */
const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400];
const TICKS_MAX = 8;

type Grip = "whole" | "end";

/** One entry on its part's track: drag it, or its end; arrows do the same. */
function Block({ entry, end, onEdit }: { entry: TimelineEntry; end: number; onEdit(): void }) {
  const { t } = useText();
  const says = useEntryWords()(entry);
  const time = useRun((s) => s.time);
  const apply = useDocument((s) => s.apply);
  const readOnly = useDocument((s) => s.readOnly);
  const held = useRef<{ x: number; perPixel: number; grip: Grip } | null>(null);
  const moved = useRef(false);
  const [shown, setShown] = useState<TimelineEntry | null>(null);
  const now = shown ?? entry;
  const canEnd = operationSpec(entry.do)?.undo === true;
  const share = (ms: number) => `${Math.min(100, ((ms * 1000) / end) * 100)}%`;
  const move = (grip: Grip, by: number) => (grip === "end" ? withEndMoved(entry, by) : shifted(entry, by));
  const span =
    now.undoAt === undefined
      ? showTime(now.t)
      : t("panels.dock.timeline.span", { from: showTime(now.t), to: showTime(now.undoAt) });
  const take = (event: PointerEvent<HTMLElement>, grip: Grip) => {
    const track = event.currentTarget.closest("[data-track]");
    if (readOnly || track === null || event.button !== 0) return;
    event.stopPropagation();
    moved.current = false;
    held.current = { x: event.clientX, perPixel: end / 1000 / track.clientWidth, grip };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (held.current === null) return;
    const { x, perPixel, grip } = held.current;
    const by = Math.round(((event.clientX - x) * perPixel) / STEP) * STEP;
    if (by !== 0) moved.current = true;
    setShown(move(grip, by));
  };
  const drop = () => {
    const put = shown;
    held.current = null;
    setShown(null);
    if (put !== null && moved.current) apply((before) => replaceEntry(before, entry, put));
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const by = event.key === "ArrowRight" ? step : event.key === "ArrowLeft" ? -step : 0;
    if (readOnly) return;
    if (by !== 0 && !event.ctrlKey && !event.metaKey) {
      const after = move(event.altKey && canEnd ? "end" : "whole", by);
      apply((before) => replaceEntry(before, entry, after), { coalesce: "timeline" });
      const to = after.undoAt === undefined ? "" : showTime(after.undoAt);
      say(to === "" ? showTime(after.t) : t("panels.dock.timeline.span", { from: showTime(after.t), to }));
    } else if (event.key === "Delete" || event.key === "Backspace") apply((before) => removeEntry(before, entry));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span
      className={styles.block}
      data-state={stateOf(now, time)}
      data-point={now.undoAt === undefined || undefined}
      style={{ left: share(now.t), ...(now.undoAt !== undefined && { width: share(now.undoAt - now.t) }) }}
    >
      <button
        type="button"
        aria-label={t("panels.dock.timeline.block", { operation: says.operation, target: says.target, span })}
        data-hint={`${says.operation} · ${span}${says.args === "" ? "" : ` · ${says.args}`}`}
        onPointerDown={(event) => take(event, "whole")}
        onPointerMove={drag}
        onPointerUp={drop}
        onPointerCancel={drop}
        onKeyDown={onKey}
        onClick={() => {
          if (!moved.current) onEdit();
        }}
      >
        {says.operation}
      </button>
      {canEnd && now.undoAt !== undefined && !readOnly && (
        <i
          aria-hidden
          className={styles.grip}
          onPointerDown={(event) => take(event, "end")}
          onPointerMove={drag}
          onPointerUp={drop}
          onPointerCancel={drop}
        />
      )}
    </span>
  );
}

/** The timeline as a picture: one track a part, on the scrubber's scale. */
export function Tracks({ onEdit }: { onEdit(entry: TimelineEntry): void }) {
  const { t } = useText();
  const timeline = useDocument((s) => s.scenario.timeline);
  const furthest = useRun((s) => s.tape.furthest);
  const until = useRun((s) => s.until);
  const time = useRun((s) => s.time);
  const wordsOf = useEntryWords();
  const end = scaleEnd(Math.max(furthest, time), until, plannedMarks(timeline)) * 1.05;
  const tick = 1e6 * (TICKS.find((seconds) => end / 1e6 / seconds <= TICKS_MAX) ?? 604_800);
  const targets = [...new Set(timeline.map(({ target }) => target))];
  const key = (entry: TimelineEntry) => timeline.indexOf(entry);
  return (
    <div className={styles.tracks}>
      <div className={styles.scale} aria-hidden>
        {Array.from({ length: Math.ceil(end / tick) }, (_, i) => i * tick).map((at) => (
          <span key={at} style={{ left: `${(at / end) * 100}%` }}>
            {showTime(at / 1000)}
          </span>
        ))}
      </div>
      <ul aria-label={t("panels.dock.timeline.tracks")}>
        {targets.map((target) => {
          const entries = timeline.filter((entry) => entry.target === target);
          return (
            <li key={target}>
              <span className={styles.lane}>{entries[0] === undefined ? target : wordsOf(entries[0]).target}</span>
              <div className={styles.track} data-track>
                <i className={styles.now} aria-hidden style={{ left: `${Math.min(100, (time / end) * 100)}%` }} />
                {entries.map((entry) => (
                  <Block key={key(entry)} entry={entry} end={end} onEdit={() => onEdit(entry)} />
                ))}
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
