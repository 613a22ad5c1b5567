import { ChevronLeft, ChevronRight, Sigma } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { settingsOf } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import { useWidth } from "../../shell/use-width.ts";
import { modelName } from "../theory/model-name.ts";
import { useTheory } from "../theory/use-theory.ts";
import { ChartCard } from "./ChartCard.tsx";
import styles from "./Charts.module.css";
import { chartsFor, SERIES_MAX, type Target } from "./chart-set.ts";
import { WINDOWS, type WindowSeconds } from "./plot-data.ts";
import { useSeries } from "./use-series.ts";

const TheoryCard = lazy(() => import("../theory/TheoryCard.tsx"));

const WINDOW_WORDS = { "30": "s30", "120": "m2", "600": "m10", null: "all" } as const;

/** How much of the past is shown: buttons side by side, on a phone a menu. */
function WindowChoice({
  window,
  isNarrow,
  onChoose,
}: {
  window: WindowSeconds;
  isNarrow: boolean;
  onChoose(window: WindowSeconds): void;
}) {
  const { t } = useText();
  const wordsOf = (seconds: WindowSeconds) => t(`panels.dock.charts.windows.${WINDOW_WORDS[`${seconds}`]}`);
  if (isNarrow)
    return (
      <select
        className={controls.select}
        aria-label={t("panels.dock.charts.window")}
        value={`${window}`}
        onChange={(event) => onChoose(WINDOWS.find((seconds) => `${seconds}` === event.target.value) ?? null)}
      >
        {WINDOWS.map((seconds) => (
          <option key={seconds} value={`${seconds}`}>
            {wordsOf(seconds)}
          </option>
        ))}
      </select>
    );
  return (
    <div className={styles.windows} role="radiogroup" aria-label={t("panels.dock.charts.window")}>
      {WINDOWS.map((seconds) => (
        <label key={seconds} className={styles.window}>
          <input type="radio" name="chart-window" checked={window === seconds} onChange={() => onChoose(seconds)} />
          <span>{wordsOf(seconds)}</span>
        </label>
      ))}
    </div>
  );
}

/** What the selection is, as far as charts care. */
function useTargets(): Target[] {
  const { nodes, edges } = useView((s) => s.selection);
  const found = useDocument(
    useShallow((s) => [
      ...s.scenario.nodes.filter((node) => nodes.includes(node.id)),
      ...s.scenario.edges.filter((edge) => edges.includes(edge.id)),
    ]),
  );
  const all = useDocument((s) => s.scenario.nodes);
  return useMemo(() => {
    const nameOf = (id: string) => all.find((node) => node.id === id)?.name ?? id;
    return found.map((item): Target => {
      if ("x" in item) {
        const waits = item.kind === "producer" && settingsOf(item).waitFor !== "nothing";
        return { id: item.id, kind: item.kind, name: item.name, ...(item.kind === "producer" && { waits }) };
      }
      return { id: item.id, kind: "edge", name: `${nameOf(item.from)} → ${nameOf(item.to)}` };
    });
  }, [found, all]);
}

/** Charts of what is selected, of the whole system when nothing is (product.md §6). */
export function ChartsPanel() {
  const words = useText();
  const { t } = words;
  const width = useWidth();
  const targets = useTargets();
  const isStarted = useRun((s) => s.time > 0);
  const isPaused = useRun((s) => s.status !== "running");
  const [window, setWindow] = useState<WindowSeconds>(30);
  const [cursor, setCursor] = useState<number | null>(null);
  const [page, setPage] = useState(0);
  const charts = useMemo(() => chartsFor(targets), [targets]);
  const theory = useTheory(targets.length === 1 ? targets[0]?.id : undefined);
  const [wantsTheory, setWantsTheory] = useState(false);
  const isTheory = wantsTheory && theory !== null;
  const isNarrow = width === "narrow";
  const first = isNarrow ? Math.min(page, charts.length - 1) : 0;
  const shown = isNarrow ? charts.slice(first, first + 1) : charts;
  const answers = useSeries(
    shown.map((chart) => chart.series),
    window,
  );
  const [only] = targets;
  const isCharted = charts.some((chart) => chart.series.some(({ target }) => target !== "system"));
  const heading =
    only === undefined || !isCharted
      ? t("panels.dock.charts.system")
      : targets.length === 1
        ? only.name
        : t("panels.dock.charts.several", { count: targets.length });
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <h2 className={styles.heading} title={heading}>
          {heading}
        </h2>
        {targets.length > SERIES_MAX && isCharted && (
          <span className={styles.remark}>{t("panels.dock.charts.limited", { n: SERIES_MAX })}</span>
        )}
        {isNarrow && !isTheory && charts.length > 1 && (
          <div className={styles.pager}>
            <IconButton
              label={t("panels.dock.charts.previous")}
              disabled={first === 0}
              onClick={() => setPage(first - 1)}
            >
              <ChevronLeft size={16} />
            </IconButton>
            <span>{t("panels.dock.charts.place", { n: first + 1, count: charts.length })}</span>
            <IconButton
              label={t("panels.dock.charts.next")}
              disabled={first === charts.length - 1}
              onClick={() => setPage(first + 1)}
            >
              <ChevronRight size={16} />
            </IconButton>
          </div>
        )}
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
        <WindowChoice window={window} isNarrow={isNarrow} onChoose={setWindow} />
      </div>
      <div className={styles.cards} data-theory={isTheory || undefined}>
        {isTheory && (
          <Suspense fallback={<p className={styles.empty}>{t("theory.loading")}</p>}>
            <TheoryCard found={theory.found} />
          </Suspense>
        )}
        {(isTheory && isNarrow ? [] : shown).map((chart, index) => (
          <ChartCard
            key={`${chart.id} ${chart.series[0]?.target}`}
            chart={chart}
            answer={answers[index]}
            kind={targets.length > 0 && isCharted ? (only?.kind ?? "system") : "system"}
            cursor={cursor}
            isPaused={isPaused}
            isStarted={isStarted}
            theory={theory?.lineIn(chart.id, only?.kind ?? "")}
            onCursor={setCursor}
          />
        ))}
      </div>
    </div>
  );
}
