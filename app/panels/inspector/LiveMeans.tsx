import type { SteadyFigure } from "../../../engine/metrics/steady-state.ts";
import { frames, metric } from "../../bridge/index.ts";
import { useText, type Words } from "../../text/index.ts";
import { meaningOf } from "../../text/metric-words.ts";
import { metricName, unitOf } from "../dock/charts/metric-format.ts";
import { figure, figureWithin } from "../dock/theory/rows.ts";
import { useSteady } from "../dock/theory/use-steady.ts";
import styles from "./Live.module.css";
import { longRun } from "./metric-groups.ts";

/** Long-run means of one node or edge with the interval in which they lie, or why there is none: as sure as the run allows. */
export function LiveMeans({ id, kind }: { id: string; kind: string }) {
  const words = useText();
  const { t, format } = words;
  const wanted = longRun(frames.metrics(id), (base) => metric(id, `${base}.total`));
  const answers = useSteady(
    wanted.map((one) => ({ target: id, metric: one })),
    null,
  );
  const rows = wanted.flatMap((one): [string, SteadyFigure][] => {
    const answer = answers.get(`${id} ${one}`);
    return answer === undefined || Number.isNaN(answer.mean) ? [] : [[one, answer]];
  });
  const [first] = rows;
  if (first === undefined) return null;
  // Each figure has a warm-up of its own; what is said of them together is what all were measured in.
  const cut = Math.max(...rows.map(([, answer]) => answer.cut));
  const { since, until } = first[1];
  // Said once when it is the same of all.
  const reasons = new Set(rows.map(([, { reason }]) => reason));
  const common = reasons.size === 1 ? first[1].reason : null;
  return (
    <>
      <table className={styles.table} data-means>
        <caption className={styles.caption}>{t("measures.means.caption")}</caption>
        <tbody>
          {rows.map(([one, answer]) => (
            <tr key={one}>
              <th scope="row" title={meaningOf(one, kind, words)}>
                {metricName(one, kind, words)}
              </th>
              <td className={styles.mean} data-sure={answer.reason === null || undefined}>
                <span title={answer.reason === null ? t("measures.means.range") : undefined}>
                  {shown(one, answer, words)}
                </span>
                {answer.reason !== null && common === null && (
                  <span className={styles.doubt}>{t(`theory.notEnough.${answer.reason}`)}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.foot}>
        {common !== null && (
          <span className={styles.lead}>{t("measures.means.none", { why: t(`theory.notEnough.${common}`) })} </span>
        )}
        {t(cut > since ? "theory.span" : "theory.spanWhole", { from: format.clock(cut), to: format.clock(until) })}
      </p>
    </>
  );
}

function shown(metric: string, { mean, half, reason }: SteadyFigure, words: Words): string {
  const unit = unitOf(metric);
  const as = unit === "time" || unit === "share" ? unit : "count";
  const text = reason === null ? figureWithin(mean, half, as, words) : figure(mean, as, words);
  return unit === "rate" ? words.t("theory.perSecond", { value: text }) : text;
}
