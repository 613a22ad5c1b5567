import type { SweepPoint } from "../../../../engine/metrics/plan.ts";
import { setSetting, settingsOf } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Experiments.module.css";
import type { Experiment } from "./experiment.ts";
import { SweepPlot } from "./SweepPlot.tsx";

/** Progress, then the curve and the table of its points. */
export function Results({ state }: { state: Experiment }) {
  const words = useText();
  const { t, format } = words;
  const { planned } = state;
  if (planned === null) return <p className={styles.intro}>{t("experiments.intro")}</p>;
  const { knob, metric } = planned;
  const title =
    knob === null
      ? t("experiments.resultSeeds", { metric, n: planned.order.seeds.length })
      : t("experiments.result", { metric, setting: knob.label });
  const number = (value: number) =>
    Number.isFinite(value) ? format.number(value, digitsOf(value / 10)) : t("experiments.none");
  const use = ({ scenario }: SweepPoint) => {
    const changed = knob === null ? undefined : scenario.nodes.find(({ id }) => id === knob.id);
    const [field] = knob?.path ?? [];
    if (changed === undefined || field === undefined) return;
    const wanted = settingsOf(changed)[field];
    if (wanted === undefined) return;
    useDocument.getState().apply((now) => setSetting(now, changed.id, field, wanted).scenario);
  };
  return (
    <section className={styles.results} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      {state.status === "running" && (
        <p className={styles.progress}>
          <progress max={state.runs} value={state.done} aria-label={title} />
          <span>{t("experiments.progress", { done: state.done, runs: state.runs })}</span>
        </p>
      )}
      {state.status === "cancelled" && <p>{t("experiments.cancelled", { done: state.done, runs: state.runs })}</p>}
      {state.status === "failed" && <p className={styles.error}>{t("experiments.failed", { why: state.error })}</p>}
      {state.points.length > 0 && (
        <div className={styles.pair}>
          {knob !== null && (
            <figure className={styles.figure}>
              <SweepPlot points={state.points} label={title} onPick={use} />
              <figcaption className={styles.legend}>
                <span data-line="mean">{t("experiments.legendMean")}</span>
                <span data-line="theory">{t("experiments.legendTheory")}</span>
              </figcaption>
            </figure>
          )}
          <table className={styles.table}>
            <thead>
              <tr>
                {knob !== null && <th scope="col">{t("experiments.value")}</th>}
                <th scope="col">{t("experiments.mean")}</th>
                <th scope="col">{t("experiments.theory")}</th>
                {knob !== null && <td />}
              </tr>
            </thead>
            <tbody>
              {state.points.map((point) => (
                <tr key={String(point.value)}>
                  {knob !== null && <th scope="row">{String(point.value)}</th>}
                  <td>
                    {Number.isFinite(point.estimate.half)
                      ? t("theory.interval", {
                          mean: format.number(point.estimate.mean, digitsOf(point.estimate.half)),
                          half: format.number(point.estimate.half, digitsOf(point.estimate.half)),
                        })
                      : Number.isFinite(point.estimate.mean)
                        ? t("experiments.noInterval", { mean: number(point.estimate.mean) })
                        : t("experiments.none")}
                  </td>
                  <td>{number(point.theory)}</td>
                  {knob !== null && (
                    <td>
                      <button
                        type="button"
                        className={`${controls.button} ${styles.use}`}
                        title={t("experiments.useHint")}
                        onClick={() => use(point)}
                      >
                        {t("experiments.use", { value: String(point.value) })}
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** Decimals that show two digits of `size`, or three of a large one. */
function digitsOf(size: number): number {
  return size > 0 ? Math.max(0, Math.min(5, 1 - Math.floor(Math.log10(size)))) : 0;
}
