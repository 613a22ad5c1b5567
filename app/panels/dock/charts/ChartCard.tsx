import { ChartSpline, Table2 } from "lucide-react";
import { type KeyboardEvent, lazy, type PointerEvent, Suspense, useEffect, useMemo, useRef, useState } from "react";
import controls from "../../../styles/controls.module.css";
import { useText, type Words } from "../../../text/index.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import styles from "./Charts.module.css";
import type { ChartSpec, SeriesSpec } from "./chart-set.ts";
import { metricName, showValue } from "./metric-format.ts";
import {
  hasData,
  highestOf,
  rowsOf,
  scaleFor,
  summarize,
  tableOf,
  timeLabel,
  timeTicks,
  valueAt,
} from "./plot-data.ts";
import { isHollow, markerPath, styleOf } from "./series-style.ts";
import type { Answer } from "./use-series.ts";

const Plot = lazy(() => import("./Plot.tsx"));
const AXIS = 44;
const RIGHT = 18;

function labelOf({ label }: SeriesSpec, kind: string, words: Words): string {
  if ("name" in label) return label.name;
  if ("part" in label) return words.t(`metrics.parts.${label.part}`);
  return metricName(label.metric, kind, words);
}

/** Why a chart that has been asked for shows nothing, in words. */
function emptyWords(chart: ChartSpec, isStarted: boolean, { t }: Words): string {
  if (!isStarted) return t("panels.dock.charts.notStarted");
  if (chart.id === "wait" || chart.id === "waitOf") return t("panels.dock.charts.noWait");
  if (chart.id === "e2e" || chart.id === "e2eOf") return t("panels.dock.charts.noDone");
  if (chart.id === "response") return t("panels.dock.charts.noConfirm");
  return t("panels.dock.charts.idle");
}

function Swatch({ index }: { index: number }) {
  const { color, dash, marker } = styleOf(index);
  return (
    <svg className={styles.swatch} width="26" height="12" aria-hidden>
      <line x1="1" x2="25" y1="6" y2="6" stroke={color} strokeWidth="2" strokeDasharray={dash} />
      <path d={markerPath(marker, 13, 6, 3.4)} fill={isHollow(marker) ? "var(--surface)" : color} stroke={color} />
    </svg>
  );
}

/** The size of an element, as it changes. */
function useSize(): [(element: HTMLElement | null) => void, { width: number; height: number }] {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (element === null) return;
    const watch = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    watch.observe(element);
    return () => watch.disconnect();
  }, [element]);
  return [setElement, size];
}

/**
 * One chart: title with its unit, legend of toggles with the values now (or at the cursor), the lines, and the same as a table and as a sentence.
 * @param cursor µs, shared by all charts @param kind of the node that the metrics belong to
 */
export function ChartCard({
  chart,
  answer,
  kind,
  cursor,
  isPaused,
  isStarted,
  theory = Number.NaN,
  onCursor,
}: {
  chart: ChartSpec;
  answer: Answer | undefined;
  kind: string;
  cursor: number | null;
  isPaused: boolean;
  isStarted: boolean;
  /** What theory says about the chart's mean, in the frame's unit; NaN for nothing. */
  theory?: number;
  onCursor(time: number | null): void;
}) {
  const words = useText();
  const { t } = words;
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [isTable, setTable] = useState(false);
  const [box, size] = useSize();
  const plot = useRef<HTMLDivElement>(null);
  const series = answer?.series ?? [];
  const isFilled = hasData(series);
  const visible = chart.series.map((_, index) => index).filter((index) => !hidden.has(index));
  const highest = highestOf(series.filter((_, index) => !hidden.has(index)));
  const hasTheory = Number.isFinite(theory) && isFilled;
  const scale = scaleFor(chart.unit, hasTheory && !(highest > theory) ? theory : highest);
  const rows = useMemo(() => rowsOf(series, scale.factor), [series, scale.factor]);
  const from = answer?.from ?? 0;
  const to = answer?.to ?? 30e6;
  const ticks = useMemo(() => timeTicks(from, to), [from, to]);
  const labels = chart.series.map((one) => labelOf(one, kind, words));
  const title = t(`metrics.charts.${chart.id}` as never);
  const at = cursor ?? answer?.now ?? 0;
  const readingOf = (index: number) => {
    const one = series[index];
    return one === undefined ? Number.NaN : valueAt(one, at);
  };
  const show = (value: number) => showValue(value, chart.unit, words);
  const summary = chart.series
    .map((_, index) => {
      const one = series[index];
      const found = one === undefined ? null : summarize(one);
      const name = labels[index] ?? "";
      return found === null
        ? t("metrics.summary.none", { name })
        : t(`metrics.summary.${found.trend}`, {
            name,
            now: show(found.now),
            min: show(found.min),
            max: show(found.max),
          });
    })
    .join(" ");

  const point = (event: PointerEvent) => {
    const area = plot.current?.getBoundingClientRect();
    if (area === undefined) return;
    const share = (event.clientX - area.left - AXIS) / Math.max(1, area.width - AXIS - RIGHT);
    onCursor(share < 0 || share > 1 ? null : from + share * (to - from));
  };
  const press = (event: KeyboardEvent) => {
    const step = ((to - from) / 60) * (event.shiftKey ? 5 : 1);
    const now = cursor ?? Math.min(to, answer?.now ?? to);
    const next: Record<string, number | null> = {
      ArrowLeft: Math.max(from, now - step),
      ArrowRight: Math.min(Math.min(to, answer?.now ?? to), now + step),
      Home: from,
      End: Math.min(to, answer?.now ?? to),
      Escape: null,
    };
    if (!(event.key in next)) return;
    event.preventDefault();
    event.stopPropagation();
    onCursor(next[event.key] ?? null);
  };
  const reading = t("metrics.summary.at", {
    time: words.format.clock(at),
    values: labels.map((name, index) => t("metrics.summary.pair", { name, value: show(readingOf(index)) })).join(" · "),
  });
  return (
    <figure className={styles.card} aria-label={title}>
      <figcaption className={styles.caption}>
        <span className={styles.title}>{title}</span>
        <span className={styles.unit}>{t(`metrics.units.${scale.unit}` as never)}</span>
        <IconButton
          label={t(isTable ? "panels.dock.charts.showChart" : "panels.dock.charts.showTable")}
          className={styles.flip}
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? <ChartSpline size={14} /> : <Table2 size={14} />}
        </IconButton>
      </figcaption>
      {!isTable && (
        <ul className={styles.legend}>
          {labels.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            <li key={index}>
              <button
                type="button"
                className={styles.toggle}
                aria-pressed={!hidden.has(index)}
                title={t("panels.dock.charts.toggle", { name })}
                onClick={() => {
                  const next = new Set(hidden);
                  if (!next.delete(index)) next.add(index);
                  setHidden(next);
                }}
              >
                <Swatch index={index} />
                <span className={styles.lineName}>{name}</span>
                <span className={`${styles.now} ${controls.figures}`}>{show(readingOf(index))}</span>
              </button>
            </li>
          ))}
          {hasTheory && (
            <li className={styles.theory}>
              <svg className={styles.swatch} width="26" height="12" aria-hidden>
                <line x1="1" x2="25" y1="6" y2="6" stroke="var(--text)" strokeWidth="1.5" strokeDasharray="6 4" />
              </svg>
              <span className={styles.lineName}>{t("theory.lineMean")}</span>
              <span className={`${styles.now} ${controls.figures}`}>{show(theory)}</span>
            </li>
          )}
        </ul>
      )}
      {isTable ? (
        <DataTable answer={answer} labels={labels} show={show} />
      ) : (
        <div ref={box} className={styles.plotBox}>
          {!isFilled && <p className={styles.empty}>{emptyWords(chart, isStarted, words)}</p>}
          {isFilled && size.width > 80 && size.height > 40 && (
            <div
              ref={plot}
              className={styles.plot}
              role="slider"
              tabIndex={0}
              aria-label={t("panels.dock.charts.cursor", { title })}
              aria-valuemin={Math.round(from / 1e6)}
              aria-valuemax={Math.round(to / 1e6)}
              aria-valuenow={Math.round(at / 1e6)}
              aria-valuetext={reading}
              onPointerMove={isPaused ? point : undefined}
              onPointerLeave={isPaused ? () => onCursor(null) : undefined}
              onPointerDown={point}
              onKeyDown={press}
              onBlur={() => onCursor(null)}
            >
              <Suspense fallback={<p className={styles.empty}>{t("panels.dock.charts.loading")}</p>}>
                <Plot
                  width={size.width}
                  height={size.height}
                  rows={rows}
                  lines={visible}
                  scale={scale}
                  from={from / 1e6}
                  to={to / 1e6}
                  ticks={ticks}
                  cursor={cursor === null ? null : cursor / 1e6}
                  axisWidth={AXIS}
                  theory={hasTheory ? theory / scale.factor : null}
                />
              </Suspense>
              {cursor !== null && <span className={styles.cursorTime}>{words.format.clock(cursor)}</span>}
            </div>
          )}
          <p className={controls.hidden}>{summary}</p>
        </div>
      )}
    </figure>
  );
}

/** The same values in rows: for readers of the screen, and for whoever wants figures. */
function DataTable({
  answer,
  labels,
  show,
}: {
  answer: Answer | undefined;
  labels: readonly string[];
  show(value: number): string;
}) {
  const { t } = useText();
  const rows = answer === undefined ? [] : tableOf(answer.series, answer.from, answer.to);
  if (rows.length === 0) return <p className={styles.empty}>{t("panels.dock.charts.notStarted")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <div className={styles.tableBox} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("panels.dock.charts.time")}</th>
            {labels.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.time}>
              <th scope="row">{timeLabel(row.time / 1e6)}</th>
              {row.values.map((value, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <td key={index}>{show(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
