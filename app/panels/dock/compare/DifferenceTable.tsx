import { useText } from "../../../text/index.ts";
import styles from "./Compare.module.css";
import type { Difference } from "./figures.ts";
import { figureName, readingWords, signed } from "./words.ts";

/** Figures of two runs side by side, node by node. */
export function DifferenceTable({ rows, names }: { rows: readonly Difference[]; names: readonly [string, string] }) {
  const words = useText();
  const { t } = words;
  const targets = [...new Set(rows.map(({ target }) => target))];
  return (
    <table className={styles.table} aria-label={t("compare.tableLabel", { a: names[0], b: names[1] })}>
      <thead>
        <tr>
          <th scope="col">{t("compare.figure")}</th>
          <th scope="col">{names[0]}</th>
          <th scope="col">{names[1]}</th>
          <th scope="col">{t("compare.difference")}</th>
          <th scope="col">{t("compare.verdict")}</th>
        </tr>
      </thead>
      {targets.map((target) => {
        const own = rows.filter((row) => row.target === target);
        return (
          <tbody key={target}>
            <tr className={styles.group}>
              <th scope="rowgroup" colSpan={5}>
                {own[0]?.name || t("panels.dock.charts.system")}
              </th>
            </tr>
            {own.map((row) => (
              <tr key={row.metric} data-figure={`${target} ${row.metric}`} data-verdict={row.verdict}>
                <th scope="row">{figureName(row, words)}</th>
                <td>{readingWords(row.a, row, words)}</td>
                <td>{readingWords(row.b, row, words)}</td>
                <td>{signed(row, words)}</td>
                <td className={styles.verdict}>{t(`compare.verdicts.${row.verdict}`)}</td>
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}
