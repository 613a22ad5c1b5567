import { Sigma } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { fetched } from "../../../fetched.tsx";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import { useText } from "../../../text/index.ts";
import { download } from "../../dialogs/download.ts";
import { useWidth } from "../../shell/use-width.ts";
import { modelName } from "../theory/model-name.ts";
import { useTheory } from "../theory/use-theory.ts";
import { ChartCard } from "./ChartCard.tsx";
import styles from "./Charts.module.css";
import { ChartsBar } from "./ChartsBar.tsx";
import { type ChartSpec, chartsFor, pinnedCharts, SERIES_MAX, type Target } from "./chart-set.ts";
import { follow, useChartView } from "./chart-view.ts";
import { csvOf } from "./csv.ts";
import { SeriesFeed } from "./feed.ts";
import { KeptChip } from "./KeptChip.tsx";
import { pinsOf, targetOf } from "./pins.ts";
import { useChartMarks } from "./use-chart-marks.ts";

const TheoryCard = fetched(
  () => import("../theory/TheoryCard.tsx"),
  () => <Loading />,
);

function Loading() {
  const { t } = useText();
  return <p className={styles.empty}>{t("theory.loading")}</p>;
}

const HZ = 4;

/** What the selection is, as far as charts care: the same list until its kinds or names change. */
function useTargets(): Target[] {
  const { nodes, edges } = useView((s) => s.selection);
  const scenario = useDocument((s) => s.scenario);
  const found = [...nodes, ...edges].flatMap((id) => targetOf(scenario, id) ?? []);
  const key = JSON.stringify(found);
  return useMemo(() => JSON.parse(key) as Target[], [key]);
}

function usePinned(): ChartSpec[] {
  const { t } = useText();
  const system = t("panels.dock.charts.system");
  const scenario = useDocument((s) => s.scenario);
  const key = JSON.stringify(pinsOf(scenario, system));
  return useMemo(() => pinnedCharts(JSON.parse(key)), [key]);
}

/** The feed of what is shown, which asks as long as the charts are there. */
function useFeed(charts: readonly ChartSpec[]): SeriesFeed {
  const [feed] = useState(() => new SeriesFeed(useChartView.getState().range));
  const range = useChartView((s) => s.range);
  const runId = useRun((s) => s.runId);
  useEffect(() => feed.start(HZ), [feed]);
  useEffect(() => feed.show(range), [feed, range]);
  useEffect(() => feed.want(charts.flatMap(({ series }) => series)), [feed, charts]);
  const shownRun = useRef(runId);
  useEffect(() => {
    // A stretch of another run means nothing.
    if (shownRun.current !== runId && useChartView.getState().range.mode === "fixed") follow();
    shownRun.current = runId;
  }, [runId]);
  return feed;
}

/** Charts of what is selected, of the whole system when nothing is, and of what is kept in sight (product.md §6). */
export function ChartsPanel() {
  const words = useText();
  const { t } = words;
  const isNarrow = useWidth() === "narrow";
  const targets = useTargets();
  const pinned = usePinned();
  const isStarted = useRun((s) => s.time > 0);
  const marks = useChartMarks();
  const [page, setPage] = useState(0);
  const selected = useMemo(() => chartsFor(targets), [targets]);
  const charts = useMemo(() => [...pinned, ...selected], [pinned, selected]);
  const [only] = targets;
  const theory = useTheory(targets.length === 1 ? only?.id : undefined);
  const [wantsTheory, setWantsTheory] = useState(false);
  const isTheory = wantsTheory && theory !== null;
  const at = Math.min(page, charts.length - 1);
  const shown = useMemo(() => (isNarrow ? charts.slice(at, at + 1) : charts), [isNarrow, charts, at]);
  const feed = useFeed(shown);
  const isCharted = selected.some(({ series }) => series.some(({ target }) => target !== "system"));
  const heading =
    only === undefined || !isCharted
      ? t("panels.dock.charts.system")
      : targets.length === 1
        ? only.name
        : t("panels.dock.charts.several", { count: targets.length });
  const save = () => {
    if (feed.answer === null) return;
    const { scenario } = useDocument.getState();
    const nameOf = (id: string) => targetOf(scenario, id)?.name ?? id;
    const series = shown.flatMap((chart) => chart.series);
    download("weir-charts.csv", csvOf(feed.answer, series, nameOf), "text/csv;charset=utf-8");
  };
  return (
    <div className={styles.panel}>
      <ChartsBar
        heading={heading}
        isNarrow={isNarrow}
        page={isNarrow && !isTheory ? { at, of: charts.length, onTurn: setPage } : null}
        onSave={save}
      >
        {targets.length > SERIES_MAX && isCharted && (
          <span className={styles.remark}>{t("panels.dock.charts.limited", { n: SERIES_MAX })}</span>
        )}
        {!isNarrow && <KeptChip />}
        {theory !== null && (
          <button
            type="button"
            className={styles.chip}
            data-applies={theory.found.theory.fit !== null}
            aria-pressed={isTheory}
            title={t("theory.show")}
            onClick={() => setWantsTheory(!isTheory)}
          >
            <Sigma size={14} aria-hidden />
            {modelName(theory.found, words)}
          </button>
        )}
      </ChartsBar>
      <div className={styles.cards} data-theory={isTheory || undefined}>
        {isTheory && <TheoryCard found={theory.found} />}
        {(isTheory && isNarrow ? [] : shown).map((chart) => (
          <ChartCard
            key={`${chart.id} ${chart.unit} ${chart.id === "pinned" ? "" : chart.series[0]?.target}`}
            chart={chart}
            feed={feed}
            marks={marks}
            isStarted={isStarted}
            owner={isNarrow && chart.id !== "pinned" ? heading : undefined}
            theory={chart.id === "pinned" ? undefined : theory?.lineIn(chart.id, only?.kind ?? "")}
          />
        ))}
      </div>
    </div>
  );
}
