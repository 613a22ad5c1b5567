import type { SteadyFigure } from "../../../../engine/metrics/steady-state.ts";
import type { Words } from "../../../text/index.ts";
import type { QueueTheory } from "./theory-of.ts";

export type FigureUnit = "time" | "count" | "share";

/** A row of the card: theory beside what the run has shown. Times in µs. */
export interface TheoryRow {
  /** Text key `theory.table.<id>`. */
  id: string;
  priority?: number;
  unit: FigureUnit;
  predicted: number;
  /** Null where nothing is measured that could be compared. */
  measured: Pick<SteadyFigure, "mean" | "half" | "reason"> | null;
}

type Figures = ReadonlyMap<string, SteadyFigure>;

/** What the run has to be asked for. */
export function figuresFor({ queue, consumers }: QueueTheory): { target: string; metric: string }[] {
  const [consumer, ...more] = consumers;
  const own = ["depth.mean", "wait.mean", "ack.rate"].map((metric) => ({ target: queue.id, metric }));
  if (consumer === undefined || more.length > 0) return own;
  return [...own, { target: consumer, metric: "utilisation" }, { target: consumer, metric: "e2e.mean" }];
}

/** The measured stay: from the queue's first sight of a message until its acknowledgement is back. Null where it is not measured by itself. */
export function measuredStay({ theory, consumers }: QueueTheory, figures: Figures): SteadyFigure | null {
  const e2e = figures.get(`${consumers[0]} e2e.mean`);
  if (e2e === undefined || theory.wait === "survivors" || Number.isNaN(theory.publishDelay)) return null;
  // The way to the queue is not part of the stay, the acknowledgement's way back is.
  const shift = (theory.deliveryDelay - theory.publishDelay) * 1000;
  return { ...e2e, mean: e2e.mean + shift };
}

/** Rows of the card, for a queue that a formula describes. */
export function rowsFor(found: QueueTheory, figures: Figures): TheoryRow[] {
  const { theory, queue, consumers } = found;
  if (theory.fit === null) return [];
  const { predicted, model } = theory.fit;
  const of = (target: string | undefined, metric: string) => figures.get(`${target} ${metric}`) ?? null;
  const hasWait = theory.wait === "measured";
  const rows: TheoryRow[] = [
    { id: "utilisation", unit: "share", predicted: predicted.busy, measured: of(consumers[0], "utilisation") },
    { id: "mustWait", unit: "share", predicted: predicted.mustWait, measured: null },
  ];
  if (model === "mmck") rows.push({ id: "blocked", unit: "share", predicted: predicted.blocked, measured: null });
  const waits = theory.wait !== "survivors";
  if (waits)
    rows.push({
      id: "wq",
      unit: "time",
      predicted: predicted.wq * 1e6,
      measured: hasWait ? of(queue.id, "wait.mean") : null,
    });
  for (const { priority, wq } of predicted.classes)
    rows.push({ id: "class", priority, unit: "time", predicted: wq * 1e6, measured: null });
  if (waits) rows.push({ id: "w", unit: "time", predicted: predicted.w * 1e6, measured: measuredStay(found, figures) });
  rows.push(
    { id: "lq", unit: "count", predicted: predicted.lq, measured: null },
    { id: "l", unit: "count", predicted: predicted.l, measured: of(queue.id, "depth.mean") },
  );
  return rows;
}

/** Three digits that count, in the unit that fits. */
export function figure(value: number, unit: FigureUnit, words: Pick<Words, "format" | "t">): string {
  return withDigits(value, unit, digitsFor(Math.abs(value) / factorOf(value, unit) / 10), factorOf(value, unit), words);
}

/** `12.3 ± 0.4 ms`: as many decimals as the interval is worth. */
export function figureWithin(mean: number, half: number, unit: FigureUnit, words: Pick<Words, "format" | "t">): string {
  const factor = factorOf(mean, unit);
  const digits = digitsFor(half / factor);
  const { format, t } = words;
  const plain = { mean: format.number(mean / factor, digits), half: format.number(half / factor, digits) };
  return suffixed(t("theory.interval", plain), unit, factor, words);
}

/** (measured − theory) ÷ theory, signed, in whole or tenths of a percent; undefined where it means nothing. */
export function differenceOf({ predicted, measured }: TheoryRow): number | undefined {
  if (measured === null || Number.isNaN(measured.mean) || !(predicted > 0)) return undefined;
  return (measured.mean - predicted) / predicted;
}

/** Whether the interval holds what theory says; undefined without an interval. */
export function isInside({ predicted, measured }: TheoryRow): boolean | undefined {
  if (measured === null || Number.isNaN(measured.half)) return undefined;
  return Math.abs(measured.mean - predicted) <= measured.half;
}

const withDigits = (
  value: number,
  unit: FigureUnit,
  digits: number,
  factor: number,
  words: Pick<Words, "format" | "t">,
) => suffixed(words.format.number(value / factor, digits), unit, factor, words);

function suffixed(text: string, unit: FigureUnit, factor: number, { t }: Pick<Words, "t">): string {
  if (unit === "count") return text;
  if (unit === "share") return `${text} %`;
  return `${text} ${t(factor === 1 ? "metrics.units.us" : factor === 1000 ? "metrics.units.ms" : "metrics.units.s")}`;
}

function factorOf(value: number, unit: FigureUnit): number {
  if (unit === "count") return 1;
  if (unit === "share") return 0.01;
  return Math.abs(value) < 1000 ? 1 : Math.abs(value) < 1e6 ? 1000 : 1e6;
}

/** Decimals that show two digits of `size`. */
function digitsFor(size: number): number {
  if (!(size > 0)) return 0;
  return Math.max(0, Math.min(4, 1 - Math.floor(Math.log10(size))));
}
