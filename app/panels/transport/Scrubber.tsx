import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { engine, frames } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { isPlayable, useRun } from "../../store/run.ts";
import { clock } from "../../text/format.ts";
import { useText } from "../../text/index.ts";
import { useMarkWords } from "./mark-words.ts";
import { firingStretches, plannedMarks, scaleEnd, signsOf } from "./marks.ts";
import styles from "./Scrubber.module.css";

/** Keys of the slider, µs. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1e6,
  ArrowUp: 1e6,
  ArrowLeft: -1e6,
  ArrowDown: -1e6,
  PageUp: 1e7,
  PageDown: -1e7,
};
/** Signs closer than this share of the bar are one. */
const GAP = 0.012;
/** Of the signs that the slider stands at, those at most so long ago are told, µs. */
const AT = 500_000;
const LISTED_MAX = 4;

const share = (time: number, end: number): string => `${Math.min(100, (time / end) * 100)}%`;

/**
 * The course of the run as a bar: where it stands, how far it has come, what was done and what is planned. Dragging goes to a time and shows it; playing goes on from there.
 */
export function Scrubber() {
  const { t } = useText();
  const words = useMarkWords();
  const status = useRun((s) => s.status);
  const tape = useRun((s) => s.tape);
  const until = useRun((s) => s.until);
  const time = useRun((s) => s.time);
  const timeline = useDocument((s) => s.scenario.timeline);
  const planned = useMemo(() => plannedMarks(timeline), [timeline]);
  const end = scaleEnd(Math.max(tape.furthest, time), until, planned);
  const signs = useMemo(() => signsOf([...tape.marks, ...planned], end, end * GAP), [tape.marks, planned, end]);
  const firing = firingStretches(tape.marks, Math.max(tape.furthest, time));
  const line = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const isHeld = useRef(false);
  const scale = useRef(end);
  scale.current = end;

  const put = (at: number) => {
    // Written though it is the same, it would still cost a layout.
    if (input.current && input.current.value !== String(at)) input.current.value = String(at);
    line.current?.style.setProperty("--stands", String(Math.min(1, at / scale.current)));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: written at the pace of the frames; a new scale or a restart comes without one
  useEffect(() => {
    const show = () => {
      if (!isHeld.current) put(frames.latest?.time ?? useRun.getState().time);
    };
    show();
    return frames.subscribe(show);
  }, [end, time === 0]);

  const goTo = (at: number) => {
    const wanted = Math.round(Math.max(0, Math.min(scale.current, at)));
    put(wanted);
    engine.seek(wanted);
  };
  const onKey = (event: KeyboardEvent) => {
    const now = Number(input.current?.value ?? 0);
    const by = STEPS[event.key];
    const wanted =
      by !== undefined ? now + by : event.key === "Home" ? 0 : event.key === "End" ? tape.furthest : undefined;
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(wanted);
  };
  const release = () => {
    isHeld.current = false;
  };

  const near = signs
    .flatMap((sign) => sign.marks)
    .filter((mark) => mark.time <= time && mark.time > time - AT)
    .slice(0, LISTED_MAX)
    .map(words);
  const facts = { time: clock(time), end: clock(end), marks: near.join(t("shell.transport.mark.and")) };
  return (
    <div className={styles.scrubber}>
      <div className={styles.track} aria-hidden>
        <i
          ref={line}
          className={styles.line}
          style={{ "--come": Math.max(tape.furthest, time) / end } as React.CSSProperties}
        />
        {tape.far.map(([from, to]) => (
          <i
            key={from}
            className={styles.far}
            data-hint={t("shell.transport.far")}
            style={{ left: share(from, end), right: `calc(100% - ${share(to, end)})` }}
          />
        ))}
        {firing.map(([from, to]) => (
          <i
            key={from}
            className={styles.firing}
            style={{ left: share(from, end), right: `calc(100% - ${share(to, end)})` }}
          />
        ))}
      </div>
      <input
        ref={input}
        type="range"
        min={0}
        max={end}
        step={1000}
        defaultValue={0}
        disabled={!isPlayable(status)}
        aria-label={t("shell.transport.scrubber")}
        aria-valuetext={t(near.length > 0 ? "shell.transport.positionAt" : "shell.transport.position", facts)}
        onChange={(event) => goTo(Number(event.target.value))}
        onKeyDown={onKey}
        onPointerDown={() => {
          isHeld.current = true;
        }}
        onPointerUp={release}
        onPointerCancel={release}
        onBlur={release}
      />
      <div className={styles.signs} aria-hidden>
        {signs.map((sign) => (
          <button
            key={`${sign.time} ${sign.kind}`}
            type="button"
            tabIndex={-1}
            className={styles.sign}
            data-kind={sign.kind}
            data-hint={[...new Set(sign.marks.map(words))]
              .slice(0, LISTED_MAX)
              .map((what) => t("shell.transport.mark.at", { time: clock(sign.time), what }))
              .join(t("shell.transport.mark.and"))}
            style={{ left: share(sign.time, end) }}
            onClick={() => goTo(sign.time)}
          />
        ))}
      </div>
    </div>
  );
}
