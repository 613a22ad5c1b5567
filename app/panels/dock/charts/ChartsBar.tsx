import { ChevronLeft, ChevronRight, Crosshair, FileDown, ZoomIn, ZoomOut } from "lucide-react";
import type { ReactNode } from "react";
import { useRun } from "../../../store/run.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import styles from "./Charts.module.css";
import { follow, hold, useChartView } from "./chart-view.ts";
import { timeLabel } from "./plot-data.ts";
import { stretchOf, WINDOWS, zoomed } from "./time-range.ts";

const WINDOW_WORDS = { "30": "s30", "120": "m2", "600": "m10", null: "all" } as const;
const ZOOM = 0.5;

/** How much of the past is followed: buttons side by side, on a phone a menu. None is chosen while the time stands still. */
function WindowChoice({ isNarrow }: { isNarrow: boolean }) {
  const { t } = useText();
  const range = useChartView((s) => s.range);
  const wordsOf = (seconds: (typeof WINDOWS)[number]) => t(`panels.dock.charts.windows.${WINDOW_WORDS[`${seconds}`]}`);
  if (isNarrow)
    return (
      <select
        className={controls.select}
        aria-label={t("panels.dock.charts.window")}
        value={range.mode === "follow" ? `${range.seconds}` : ""}
        onChange={(event) => follow(WINDOWS.find((seconds) => `${seconds}` === event.target.value) ?? null)}
      >
        {range.mode === "fixed" && (
          <option value="">
            {t("metrics.panel.stretch", { from: timeLabel(range.from / 1e6), to: timeLabel(range.to / 1e6) })}
          </option>
        )}
        {WINDOWS.map((seconds) => (
          <option key={seconds} value={`${seconds}`}>
            {wordsOf(seconds)}
          </option>
        ))}
      </select>
    );
  return (
    <>
      {range.mode === "fixed" && (
        <output className={styles.stretch}>
          {t("metrics.panel.stretch", { from: timeLabel(range.from / 1e6), to: timeLabel(range.to / 1e6) })}
        </output>
      )}
      <div className={styles.windows} role="radiogroup" aria-label={t("panels.dock.charts.window")}>
        {WINDOWS.map((seconds) => (
          <label key={seconds} className={styles.window}>
            <input
              type="radio"
              name="chart-window"
              checked={range.mode === "follow" && range.seconds === seconds}
              onChange={() => follow(seconds)}
            />
            <span>{wordsOf(seconds)}</span>
          </label>
        ))}
      </div>
    </>
  );
}

/** What all charts have in common: the time that they show, and saving it. @param children what belongs to the selection */
export function ChartsBar({
  heading,
  isNarrow,
  page,
  onSave,
  children,
}: {
  heading: string;
  isNarrow: boolean;
  /** Which chart of how many, where only one is shown. */
  page: { at: number; of: number; onTurn(to: number): void } | null;
  onSave(): void;
  children: ReactNode;
}) {
  const { t } = useText();
  const isFollowing = useChartView((s) => s.range.mode === "follow");
  const zoom = (factor: number) => {
    const { cursor, range } = useChartView.getState();
    const { time, tape } = useRun.getState();
    const shown = stretchOf(time, range);
    const middle = isFollowing ? Math.min(time, shown.to) : (shown.from + shown.to) / 2;
    hold(zoomed(shown, cursor ?? middle, factor, tape.furthest));
  };
  const toggle = () => {
    if (!isFollowing) follow();
    else hold({ mode: "fixed", ...stretchOf(useRun.getState().time, useChartView.getState().range) });
  };
  return (
    <div className={styles.bar}>
      <h2 className={isNarrow ? controls.hidden : styles.heading} title={heading}>
        {heading}
      </h2>
      {page !== null && page.of > 1 && (
        <div className={styles.pager}>
          <IconButton
            label={t("panels.dock.charts.previous")}
            disabled={page.at === 0}
            onClick={() => page.onTurn(page.at - 1)}
          >
            <ChevronLeft size={16} />
          </IconButton>
          <span>{t("panels.dock.charts.place", { n: page.at + 1, count: page.of })}</span>
          <IconButton
            label={t("panels.dock.charts.next")}
            disabled={page.at === page.of - 1}
            onClick={() => page.onTurn(page.at + 1)}
          >
            <ChevronRight size={16} />
          </IconButton>
        </div>
      )}
      {children}
      <div className={styles.tools}>
        <IconButton label={t("metrics.panel.zoomIn")} onClick={() => zoom(ZOOM)}>
          <ZoomIn size={15} />
        </IconButton>
        <IconButton label={t("metrics.panel.zoomOut")} onClick={() => zoom(1 / ZOOM)}>
          <ZoomOut size={15} />
        </IconButton>
        {!isNarrow && (
          <IconButton
            label={t(isFollowing ? "metrics.panel.following" : "metrics.panel.follow")}
            aria-pressed={isFollowing}
            onClick={toggle}
          >
            <Crosshair size={15} />
          </IconButton>
        )}
        <IconButton label={t("metrics.panel.csv")} onClick={onSave}>
          <FileDown size={15} />
        </IconButton>
      </div>
      <WindowChoice isNarrow={isNarrow} />
    </div>
  );
}
