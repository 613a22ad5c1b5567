import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { graphTimes, type PredictStep } from "../../../engine/lesson/index.ts";
import { useDocument } from "../../store/document.ts";
import { useText, type Words } from "../../text/index.ts";
import { showFigure } from "./check-words.ts";
import styles from "./Graph.module.css";

const WIDTH = 312;
const HEIGHT = 150;
/** Room for a stroke at the edges. */
const EDGE = 6;
/** An arrow key moves a point by this share of the axis; with Shift five times as far. */
const KEY_STEP = 0.02;

const clamp = (value: number, max: number): number => Math.max(0, Math.min(max, value));

/** A curve that is not drawn yet: flat at nothing. */
export const flatCurve = (step: PredictStep): number[] =>
  step.answerFrom === undefined ? [] : graphTimes(step.answerFrom).map(() => 0);

/** The values' path in the picture. */
function pathOf(values: readonly number[], top: number): string {
  const x = (i: number) => EDGE + ((WIDTH - 2 * EDGE) * i) / (values.length - 1);
  const y = (value: number) => HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * Math.min(1, value / top);
  return values.map((value, i) => `${i === 0 ? "M" : "L"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join("");
}

const showAt = (step: PredictStep, value: number, words: Words, scenario: Parameters<typeof showFigure>[2]) =>
  showFigure(step.answerFrom?.metric ?? "", value, scenario, words);

/** Axes: the top of the figure, and from when to when. */
function Axes({ step, top }: { step: PredictStep; top: number }) {
  const words = useText();
  const scenario = useDocument((s) => s.scenario);
  const times = step.answerFrom === undefined ? [0, 0] : graphTimes(step.answerFrom);
  const time = (ms: number) => words.format.duration(ms * 1000);
  return (
    <>
      <span className={styles.top}>{showAt(step, top, words, scenario)}</span>
      <span className={styles.from}>{time(times[0] ?? 0)}</span>
      <span className={styles.to}>{time(times.at(-1) ?? 0)}</span>
    </>
  );
}

/** A curve to be drawn with the pointer, or point by point with the arrow keys. */
export function GraphInput({
  step,
  values,
  label,
  onChange,
}: {
  step: PredictStep;
  values: readonly number[];
  label: string;
  onChange(values: number[]): void;
}) {
  const words = useText();
  const { t, format } = words;
  const scenario = useDocument((s) => s.scenario);
  const [at, setAt] = useState(0);
  const last = useRef<{ i: number; value: number } | null>(null);
  const top = step.top ?? 1;
  const times = step.answerFrom === undefined ? [] : graphTimes(step.answerFrom);
  /** What the pointer has passed since it was last heard of is on the straight line. */
  const draw = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const count = values.length - 1;
    const share = (event.clientX - box.left - EDGE) / (box.width - 2 * EDGE);
    const i = Math.round(clamp(share * count, count));
    const value = clamp((1 - (event.clientY - box.top - EDGE) / (box.height - 2 * EDGE)) * top, top);
    const before = last.current ?? { i, value };
    const next = [...values];
    const [low, high] = [Math.min(i, before.i), Math.max(i, before.i)];
    for (let k = low; k <= high; k++)
      next[k] = k === i ? value : before.value + ((value - before.value) * (k - before.i)) / (i - before.i || 1);
    last.current = { i, value };
    setAt(i);
    onChange(next);
  };
  const onKey = (event: KeyboardEvent) => {
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const up = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    if (side === undefined && up === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (side !== undefined) setAt(clamp(at + side, values.length - 1));
    else {
      const by = (up as number) * (event.shiftKey ? 5 : 1) * KEY_STEP * top;
      onChange(values.map((value, i) => (i === at ? clamp(value + by, top) : value)));
    }
  };
  const x = EDGE + ((WIDTH - 2 * EDGE) * at) / (values.length - 1);
  const y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * ((values[at] ?? 0) / top);
  const said = t("lesson.predict.point", {
    time: format.duration((times[at] ?? 0) * 1000),
    value: showAt(step, values[at] ?? 0, words, scenario),
  });
  return (
    <div className={styles.graph}>
      <div
        className={styles.slider}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={top}
        aria-valuenow={values[at] ?? 0}
        aria-valuetext={said}
        data-graph
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = null;
          draw(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && draw(event)}
        onKeyDown={onKey}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.paper} aria-hidden>
          <path d={pathOf(values, top)} className={styles.guess} />
          <circle cx={x} cy={y} r={5} className={styles.knob} />
        </svg>
      </div>
      <Axes step={step} top={top} />
      <p className={styles.hint}>{t("lesson.predict.draw")}</p>
    </div>
  );
}

/** The drawn curve and the measured one in one picture; they differ by dash, not by colour alone. */
export function GraphOutcome({
  step,
  guess,
  outcome,
}: {
  step: PredictStep;
  guess: readonly number[] | null;
  outcome: readonly number[];
}) {
  const words = useText();
  const { t } = words;
  const scenario = useDocument((s) => s.scenario);
  const top = Math.max(step.top ?? 1, ...outcome);
  const peak = showAt(step, Math.max(...outcome), words, scenario);
  const said = t("lesson.predict.curve", { peak });
  return (
    <figure className={styles.graph}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.paper} role="img" aria-label={said}>
        {guess !== null && <path d={pathOf(guess, top)} className={styles.guess} />}
        <path d={pathOf(outcome, top)} className={styles.outcome} />
      </svg>
      <Axes step={step} top={top} />
      <figcaption className={styles.key}>
        {guess !== null && <span data-line="guess">{t("lesson.predict.guessed")}</span>}
        <span data-line="outcome">{t("lesson.predict.measured")}</span>
      </figcaption>
    </figure>
  );
}
