import { useText } from "../../../text/index.ts";
import styles from "./Charts.module.css";
import type { ChartSpec } from "./chart-set.ts";
import { keyOf, type SeriesFeed } from "./feed.ts";
import { type Reading, tableOf, timeLabel } from "./plot-data.ts";
import { useAnswer } from "./use-answer.ts";

/** The lines in rows: for readers of the screen, and for whoever wants figures. */
export function DataTable({
  feed,
  chart,
  names,
  label,
  show,
}: {
  feed: SeriesFeed;
  chart: ChartSpec;
  names: readonly string[];
  label: string;
  show(reading: Reading): string;
}) {
  const { t } = useText();
  const answer = useAnswer(feed);
  const series = chart.series.flatMap((one) => answer?.series.get(keyOf(one)) ?? []);
  const rows = answer === null || series.length < chart.series.length ? [] : tableOf(series, answer.from, answer.to);
  if (rows.length === 0) return <p className={styles.empty}>{t("panels.dock.charts.notStarted")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={styles.tableBox} tabIndex={0} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("panels.dock.charts.time")}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.time}>
              <th scope="row">{timeLabel(row.time / 1e6)}</th>
              {row.readings.map((reading, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <td key={index}>{show(reading)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
