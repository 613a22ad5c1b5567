import { type KeyboardEvent, type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { metric } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useKept } from "../../../store/kept.ts";
import { useRun } from "../../../store/run.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import charts from "./Charts.module.css";
import { bandsOf, heightFor, watchesOf } from "./chart-marks.ts";
import type { ChartSpec } from "./chart-set.ts";
import { follow, hold, pickCursor, putCursor, useChartView } from "./chart-view.ts";
import { cursorWords, emptyWords, readingsAt, summaryWords } from "./chart-words.ts";
import { Drawing } from "./Drawing.tsx";
import { inSight, keyOf, type SeriesFeed } from "./feed.ts";
import { keptLines } from "./kept-lines.ts";
import { showValue } from "./metric-format.ts";
import styles from "./Plot.module.css";
import { Painter } from "./painter.ts";
import { hasData, highestOf, type Scale, scaleFor, timeBeside } from "./plot-data.ts";
import { AXIS, type Picture, RIGHT } from "./plot-paths.ts";
import { Sheets } from "./sheets.ts";
import { between, panned, type Stretch, zoomed } from "./time-range.ts";

export interface ChartMark {
  time: number;
  kind: string;
  text: string;
}

export interface PlotProps {
  chart: ChartSpec;
  feed: SeriesFeed;
  title: string;
  names: readonly string[];
  hidden: ReadonlySet<number>;
  /** What theory says about the chart's mean, in the frame's unit; NaN for nothing. */
  theory: number;
  /** In order of time; of the whole run. */
  marks: readonly ChartMark[];
  isStarted: boolean;
  /** The axis, when it is held. */
  held: Scale | null;
  /** The card: its legend's figures are written from here. */
  card: RefObject<HTMLElement | null>;
  onScale(scale: Scale): void;
}

/** Keys of the crosshair, in values of the line. */
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
const STEPS_WITH_SHIFT = 10;
/** A hand that moves less than this has clicked, px. */
const DRAG_MIN = 6;
const ZOOM = 0.5;
/** One notch of the wheel. */
const WHEEL_ZOOM = 0.8;

/** What time the hand points at, µs. */
function timeIn(element: HTMLElement, { clientX }: { clientX: number }, { from, to }: Stretch): number {
  const area = element.getBoundingClientRect();
  const share = (clientX - area.left - AXIS) / Math.max(1, area.width - AXIS - RIGHT);
  return from + Math.min(1, Math.max(0, share)) * (to - from);
}

/**
 * The lines of one chart with its crosshair. Recharts draws the curves (`Drawing`), four times a second; crosshair, marks, figures of the legend and the words for readers are written
 * to the page when the feed has heard something or the crosshair moves.
 */
export function PlotArea(props: PlotProps) {
  const { chart, feed, title, isStarted } = props;
  const words = useText();
  const [isFilled, setFilled] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const summary = useRef<HTMLParagraphElement>(null);
  const painter = useRef<Painter | null>(null);
  const [sheets] = useState(() => new Sheets());
  const newest = useRef({ ...props, words });
  newest.current = { ...props, words };
  const press = useRef<{ x: number; time: number; id: number } | null>(null);

  /** The crosshair, the figures of the legend, and what a reader is told about them. */
  const point = useCallback(() => {
    const { chart: shown, feed: heard, card, names, marks, words: said } = newest.current;
    const { answer } = heard;
    const { cursor } = useChartView.getState();
    painter.current?.cursor(cursor);
    const told = { chart: shown, names, words: said };
    const readings = answer === null || cursor === null ? null : readingsAt(told, answer, cursor);
    for (const figure of card.current?.querySelectorAll<HTMLElement>("[data-now]") ?? []) {
      const index = Number(figure.dataset.now);
      const one = shown.series[index];
      if (one === undefined) continue;
      const reading = readings?.[index];
      // The range is on the picture, and in words in the table: here it would push the lines about while the crosshair moves.
      const text = showValue(reading === undefined ? metric(one.target, one.metric) : reading.value, shown.unit, said);
      if (figure.textContent !== text) figure.textContent = text;
    }
    if (box.current === null || answer === null) return;
    const at = cursor ?? answer.now;
    const near = marks.filter(({ time }) => cursor !== null && Math.abs(time - at) <= (answer.to - answer.from) / 120);
    for (const [name, value] of [
      ["aria-valuemin", Math.round(answer.from / 1e6)],
      ["aria-valuemax", Math.round(answer.to / 1e6)],
      ["aria-valuenow", Math.round(at / 1e6)],
      [
        "aria-valuetext",
        cursorWords(
          told,
          answer,
          at,
          near.map(({ text }) => text),
        ),
      ],
    ] as const)
      box.current.setAttribute(name, String(value));
  }, []);

  const draw = useCallback(() => {
    const { chart: shown, feed: heard, hidden, theory, marks, names, held, words: said, onScale } = newest.current;
    const { answer } = heard;
    if (answer === null) return;
    const all = shown.series.map((one) => answer.drawn.get(keyOf(one)));
    const lines = all.flatMap((series, index) =>
      series === undefined || hidden.has(index) ? [] : [{ index, series }],
    );
    const filled = all.some((series) => series !== undefined && hasData([series]));
    setFilled(filled);
    const { alerts: rules } = useDocument.getState().scenario;
    const { tape, alerts: states } = useRun.getState();
    const watches = watchesOf(shown.series, rules);
    const bands = watches.flatMap((watch) =>
      bandsOf([watch], tape.marks, states, answer.now).map((band) => ({ ...band, name: watch.rule.name })),
    );
    const past = marks.filter(({ time }) => time <= answer.now && time >= answer.from && time <= answer.to);
    const limits = watches.map(({ limit }) => limit);
    const behind = filled ? keptLines(shown, hidden, answer) : [];
    const drawn = [...lines, ...behind].map(({ series }) => series);
    const seen = highestOf(drawn.map((series) => inSight(series, answer)));
    const highest = heightFor(Number.isNaN(seen) ? highestOf(drawn) : seen, [...limits, theory]);
    const scale = held ?? scaleFor(shown.unit, highest);
    onScale(scale);
    if (summary.current !== null) {
      const inSight = bands.filter(
        ({ from, to, state }) => state === "firing" && to >= answer.from && from <= answer.to,
      );
      const told = { chart: shown, names, words: said };
      const text = filled ? summaryWords(told, answer, watches, inSight, past) : "";
      if (summary.current.textContent !== text) summary.current.textContent = text;
    }
    const element = svg.current;
    const area = element?.parentElement;
    if (element && area && area.clientWidth > 80 && area.clientHeight > 40) {
      painter.current ??= new Painter(element);
      const picture: Picture = {
        from: answer.from,
        to: answer.to,
        scale,
        lines,
        behind,
        theory: filled ? theory : Number.NaN,
        thresholds: watches.map(({ rule, limit, index }) => ({
          value: limit,
          name: rule.name,
          isFiring: states[index]?.state === "firing",
        })),
        bands,
        marks: past,
      };
      painter.current.paint(picture, area.clientWidth, area.clientHeight);
      sheets.put({ picture, width: area.clientWidth, height: area.clientHeight });
    }
    point();
  }, [point, sheets]);

  // Something else is to be shown, or the same in other words.
  useEffect(draw);
  useEffect(() => feed.subscribe(draw), [feed, draw]);
  useEffect(() => useKept.subscribe(draw), [draw]);
  useEffect(
    () =>
      useChartView.subscribe((now, before) => {
        if (now.cursor !== before.cursor) point();
        if (now.drag !== before.drag) painter.current?.drag(now.drag);
      }),
    [point],
  );
  useEffect(() => {
    const element = svg.current;
    if (!isFilled || element === null || element.parentElement === null) {
      painter.current = null;
      return;
    }
    const watch = new ResizeObserver(draw);
    watch.observe(element.parentElement);
    return () => {
      watch.disconnect();
      painter.current = null;
    };
  }, [draw, isFilled]);

  const end = () => useRun.getState().tape.furthest;
  const timeOf = (event: { clientX: number }, stretch: Stretch) => timeIn(box.current as HTMLElement, event, stretch);
  /** To the value that is nearest. */
  const snap = (time: number, by = 0) => {
    const first = chart.series.map((one) => feed.answer?.series.get(keyOf(one))).find((series) => series !== undefined);
    putCursor(first === undefined ? null : timeBeside(first.times, time, by));
  };

  useEffect(() => {
    const element = box.current;
    if (!isFilled || element === null) return;
    const onWheel = (event: WheelEvent) => {
      const { answer } = feed;
      if (!(event.ctrlKey || event.metaKey) || answer === null) return;
      // Else the browser would zoom the page.
      event.preventDefault();
      const factor = event.deltaY > 0 ? 1 / WHEEL_ZOOM : WHEEL_ZOOM;
      hold(zoomed(answer, timeIn(element, event, answer), factor, useRun.getState().tape.furthest));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [feed, isFilled]);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || feed.answer === null) return;
    press.current = { x: event.clientX, time: timeOf(event, feed.answer), id: event.pointerId };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (feed.answer === null) return;
    const time = timeOf(event, feed.answer);
    const from = press.current;
    if (from !== null && (Math.abs(event.clientX - from.x) >= DRAG_MIN || useChartView.getState().drag !== null)) {
      useChartView.setState({ drag: { from: from.time, to: time }, cursor: null });
    } else snap(time);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const { drag } = useChartView.getState();
    press.current = null;
    useChartView.setState({ drag: null });
    if (drag !== null) hold(between(drag.from, drag.to, end()));
    else if (feed.answer !== null) {
      snap(timeOf(event, feed.answer));
      pickCursor();
    }
  };
  const stopDrag = () => {
    press.current = null;
    useChartView.setState({ drag: null });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { answer } = feed;
    if (answer === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const { cursor, range } = useChartView.getState();
    const last = Math.min(answer.to, answer.now);
    const at = cursor ?? last;
    const zoom = (factor: number) => hold(zoomed(answer, at, factor, end()));
    const by = STEPS[event.key];
    if (by !== undefined) snap(at, cursor === null && by < 0 ? by : by * (event.shiftKey ? STEPS_WITH_SHIFT : 1));
    else if (event.key === "Home") snap(answer.from);
    else if (event.key === "End") snap(last);
    else if (event.key === "PageUp") hold(panned(answer, -0.5, end()));
    else if (event.key === "PageDown") hold(panned(answer, 0.5, end()));
    else if (event.key === "+" || event.key === "=") zoom(ZOOM);
    else if (event.key === "-") zoom(1 / ZOOM);
    else if (event.key === "0") follow();
    else if (event.key === "Enter" && cursor !== null) pickCursor();
    else if (event.key === "Escape" && cursor !== null) putCursor(null);
    else if (event.key === "Escape" && range.mode === "fixed") follow();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles.plotBox}>
      {!isFilled && <p className={charts.empty}>{emptyWords(chart, isStarted, words)}</p>}
      {isFilled && (
        <div
          ref={box}
          className={styles.plot}
          role="slider"
          tabIndex={0}
          aria-label={words.t("metrics.panel.reads", { title })}
          aria-valuenow={0}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={stopDrag}
          onPointerLeave={() => press.current === null && putCursor(null)}
          onDoubleClick={() => follow()}
          onKeyDown={onKeyDown}
          onBlur={() => putCursor(null)}
        >
          <Drawing sheets={sheets} />
          <svg ref={svg} className={styles.over} width="100%" height="100%" aria-hidden />
        </div>
      )}
      <p ref={summary} className={controls.hidden} />
    </div>
  );
}
