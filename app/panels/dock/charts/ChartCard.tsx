import { ChartColumn, ChartSpline, Lock, LockOpen, Table2 } from "lucide-react";
import { memo, useCallback, useRef, useState } from "react";
import { useText } from "../../../text/index.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import styles from "./Charts.module.css";
import type { ChartSpec } from "./chart-set.ts";
import { readingWords } from "./chart-words.ts";
import { DataTable } from "./DataTable.tsx";
import type { SeriesFeed } from "./feed.ts";
import { Legend } from "./Legend.tsx";
import { showValue } from "./metric-format.ts";
import { type ChartMark, PlotArea } from "./PlotArea.tsx";
import type { Scale } from "./plot-data.ts";
import { SpreadView } from "./SpreadView.tsx";
import { seriesName } from "./series-words.ts";

type Look = "chart" | "table" | "spread";

const LOOKS = { chart: ChartSpline, table: Table2, spread: ChartColumn } as const;
const LABELS = {
  chart: "panels.dock.charts.showChart",
  table: "panels.dock.charts.showTable",
  spread: "metrics.panel.spread",
} as const;

/** One chart: title with its unit, legend, lines; the same as a table; durations also as a distribution. */
export const ChartCard = memo(function ChartCard({
  chart,
  feed,
  marks,
  isStarted,
  owner,
  theory = Number.NaN,
}: {
  chart: ChartSpec;
  feed: SeriesFeed;
  marks: readonly ChartMark[];
  isStarted: boolean;
  /** Whose chart it is, where nothing else on the screen says so. */
  owner?: string | undefined;
  /** What theory says about the chart's mean, in the frame's unit; NaN for nothing. */
  theory?: number;
}) {
  const words = useText();
  const { t, find } = words;
  const card = useRef<HTMLElement>(null);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [look, setLook] = useState<Look>("chart");
  const [scale, setScale] = useState<Scale | null>(null);
  const [held, setHeld] = useState<Scale | null>(null);
  const onScale = useCallback((next: Scale) => {
    setScale((before) => (before?.unit === next.unit && before.top === next.top ? before : next));
  }, []);
  const names = chart.series.map((one) => seriesName(one, words));
  const title = find(`metrics.charts.${chart.id}`) ?? chart.id;
  const unit = scale === null ? "" : (find(`metrics.units.${scale.unit}`) ?? "");
  const { spread } = chart;
  const looks: Look[] = spread === undefined ? ["chart", "table"] : ["chart", "spread", "table"];
  const toggle = (index: number) => {
    const next = new Set(hidden);
    if (!next.delete(index)) next.add(index);
    setHidden(next);
  };
  return (
    <figure ref={card} className={styles.card} aria-label={title} data-chart={chart.id}>
      <figcaption className={styles.caption}>
        {owner !== undefined && <span className={styles.owner}>{owner}</span>}
        <span className={styles.title}>{title}</span>
        <span className={styles.unit}>{unit}</span>
        <span className={styles.looks}>
          {look === "chart" && (
            <IconButton
              label={t(held === null ? "metrics.panel.lock" : "metrics.panel.unlock")}
              className={styles.flip}
              aria-pressed={held !== null}
              onClick={() => setHeld(held === null ? scale : null)}
            >
              {held === null ? <LockOpen size={14} /> : <Lock size={14} />}
            </IconButton>
          )}
          {looks
            .filter((one) => one !== look)
            .map((one) => {
              const Icon = LOOKS[one];
              return (
                <IconButton key={one} label={t(LABELS[one])} className={styles.flip} onClick={() => setLook(one)}>
                  <Icon size={14} />
                </IconButton>
              );
            })}
        </span>
      </figcaption>
      {look === "chart" && (
        <>
          <Legend
            chart={chart}
            feed={feed}
            names={names}
            hidden={hidden}
            theory={Number.isFinite(theory) ? showValue(theory, chart.unit, words) : undefined}
            onToggle={toggle}
          />
          <PlotArea
            chart={chart}
            feed={feed}
            title={title}
            names={names}
            hidden={hidden}
            theory={theory}
            marks={marks}
            isStarted={isStarted}
            held={held}
            card={card}
            onScale={onScale}
          />
        </>
      )}
      {look === "table" && (
        <DataTable
          feed={feed}
          chart={chart}
          names={names}
          label={t("metrics.panel.tableOf", { title, unit })}
          show={(reading) => readingWords(reading, { chart, words })}
        />
      )}
      {look === "spread" && spread !== undefined && <SpreadView chart={{ ...chart, spread }} title={title} />}
    </figure>
  );
});
