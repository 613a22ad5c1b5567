import { ListPlus, Pin, PinOff } from "lucide-react";
import { useDocument } from "../../../store/document.ts";
import { useLesson } from "../../../store/lesson.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Charts.module.css";
import type { ChartSpec, SeriesSpec } from "./chart-set.ts";
import { useChartView } from "./chart-view.ts";
import { keyOf, type SeriesFeed } from "./feed.ts";
import { isPinned, PINS_MAX, togglePin } from "./pins.ts";
import { readingAt } from "./plot-data.ts";
import { Swatch } from "./Swatch.tsx";

function PinButton({ one, name }: { one: SeriesSpec; name: string }) {
  const { t } = useText();
  const isOn = useDocument((s) => isPinned(s.scenario, one));
  const isFull = useDocument((s) => (s.scenario.view?.pins?.length ?? 0) >= PINS_MAX);
  const readOnly = useDocument((s) => s.readOnly);
  const reason = readOnly
    ? t("metrics.panel.readOnly")
    : !isOn && isFull
      ? t("metrics.panel.full", { n: PINS_MAX })
      : undefined;
  const label = t(isOn ? "metrics.panel.unpin" : "metrics.panel.pin", { name });
  return (
    <button
      type="button"
      className={styles.pin}
      aria-pressed={isOn}
      aria-label={label}
      aria-disabled={reason !== undefined}
      aria-description={reason}
      data-hint={reason ?? label}
      onClick={() => reason === undefined && togglePin(one)}
    >
      {isOn ? <PinOff size={12} aria-hidden /> : <Pin size={12} aria-hidden />}
    </button>
  );
}

/** While a lesson is being written: the point that was picked, as a check of it. */
function CheckButton({ one, name, feed }: { one: SeriesSpec; name: string; feed: SeriesFeed }) {
  const { t, format } = useText();
  const picked = useChartView((s) => s.picked);
  const isWriting = useDocument((s) => s.scenario.lesson !== undefined && !s.readOnly);
  const isTaken = useLesson((s) => s.lesson !== null);
  if (picked === null || !isWriting || isTaken) return null;
  const insert = async () => {
    const series = feed.answer?.series.get(keyOf(one));
    const value = series === undefined ? Number.NaN : readingAt(series, picked).value;
    if (Number.isNaN(value)) return;
    const { checkAt, lessonWithCheck } = await import("../lesson/insert-check.ts");
    let step = 0;
    useDocument.getState().apply((scenario) => {
      const made = lessonWithCheck(scenario, checkAt(one, { time: picked, value }));
      step = made.step;
      return made.scenario;
    });
    const { notify, panel } = useView.getState();
    notify({
      tone: "success",
      key: "lesson.author.checkAdded",
      facts: { n: step },
      action: { key: "lesson.author.checkShow", perform: () => panel("dock", { open: true, tab: "lesson" }) },
    });
  };
  const label = t("lesson.author.checkFrom", { name, time: format.clock(picked) });
  return (
    <button type="button" className={styles.pin} aria-label={label} data-hint={label} onClick={() => void insert()}>
      <ListPlus size={12} aria-hidden />
    </button>
  );
}

/**
 * Names of the lines, each a switch, with the value now or at the crosshair: the figures are written by whoever draws the lines (`data-now`).
 * @param names one a line of the chart @param hidden lines that are switched off @param theory in words; undefined for none
 */
export function Legend({
  chart,
  names,
  hidden,
  theory,
  onToggle,
  feed,
}: {
  chart: ChartSpec;
  feed: SeriesFeed;
  names: readonly string[];
  hidden: ReadonlySet<number>;
  theory: string | undefined;
  onToggle(index: number): void;
}) {
  const { t } = useText();
  return (
    <ul className={styles.legend}>
      {chart.series.map((one, index) => {
        const name = names[index] ?? "";
        return (
          <li key={`${one.target} ${one.metric}`} className={styles.entry}>
            <button
              type="button"
              className={styles.toggle}
              aria-pressed={!hidden.has(index)}
              title={t("panels.dock.charts.toggle", { name })}
              onClick={() => onToggle(index)}
            >
              <Swatch index={index} />
              <span className={styles.lineName}>{name}</span>
              <span className={`${styles.now} ${controls.figures}`} data-now={index} />
            </button>
            <PinButton one={one} name={name} />
            <CheckButton one={one} name={name} feed={feed} />
          </li>
        );
      })}
      {theory !== undefined && (
        <li className={styles.theory}>
          <svg className={styles.swatch} width="26" height="12" aria-hidden>
            <line x1="1" x2="25" y1="6" y2="6" stroke="var(--text)" strokeWidth="1.5" strokeDasharray="6 4" />
          </svg>
          <span className={styles.lineName}>{t("theory.lineMean")}</span>
          <span className={`${styles.now} ${controls.figures}`}>{theory}</span>
        </li>
      )}
    </ul>
  );
}
