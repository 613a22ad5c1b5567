import { Check, TriangleAlert } from "lucide-react";
import { useId, useState } from "react";
import controls from "../../../styles/controls.module.css";
import { useText, type Words } from "../../../text/index.ts";
import { modelName } from "./model-name.ts";
import {
  differenceOf,
  figure,
  figuresFor,
  figureWithin,
  isInside,
  measuredStay,
  rowsFor,
  type TheoryRow,
} from "./rows.ts";
import styles from "./Theory.module.css";
import type { QueueTheory } from "./theory-of.ts";
import { useSteady } from "./use-steady.ts";

type Answers = ReturnType<typeof useSteady>;

/** What queueing theory says about a queue beside what the run has shown, or why it says nothing. */
export default function TheoryCard({ found }: { found: QueueTheory }) {
  const words = useText();
  const { t } = words;
  const [warmup, setWarmup] = useState<number | null>(null);
  const answers = useSteady(figuresFor(found), warmup);
  const { fit } = found.theory;
  return (
    <section className={styles.card} aria-label={t("theory.of", { queue: found.queue.name })}>
      <h3 className={styles.title}>
        {t("theory.title")}
        {fit !== null && (
          <span className={styles.model}>{t("theory.applies", { model: modelName(found, words) })}</span>
        )}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <div className={styles.body} tabIndex={0}>
        <div className={styles.words}>
          {fit === null ? <Reasons found={found} /> : <Formula found={found} />}
          <Little found={found} answers={answers} />
          <Span found={found} answers={answers} warmup={warmup} onWarmup={setWarmup} />
        </div>
        {fit !== null && <Comparison found={found} answers={answers} />}
      </div>
    </section>
  );
}

function Reasons({ found }: { found: QueueTheory }) {
  const { t, find, format } = useText();
  return (
    <>
      <p className={styles.lead}>{t("theory.notApplies")}</p>
      <ul className={styles.reasons}>
        {found.theory.failed.map(({ code, facts }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition can fail for two clients
          <li key={index}>{find(`theory.fails.${code}`, spoken(facts, format)) ?? code}</li>
        ))}
      </ul>
    </>
  );
}

/** Numbers of a sentence as people write them; a plural's count stays a number. */
function spoken(facts: { [name: string]: string | number }, format: Words["format"]) {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === "number" && name !== "count" ? format.number(value, 2) : value,
    ]),
  );
}

function Comparison({ found, answers }: { found: QueueTheory; answers: Answers }) {
  const words = useText();
  const { t } = words;
  const { inputs, wait } = found.theory;
  const rows = rowsFor(found, answers);
  return (
    <div className={styles.comparison}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("theory.table.figure")}</th>
            <th scope="col">{t("theory.table.predicted")}</th>
            <th scope="col">{t("theory.table.measured")}</th>
            <th scope="col">{t("theory.table.difference")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.id} ${row.priority}`}>
              <th scope="row">{words.find(`theory.table.${row.id}`, { priority: row.priority ?? "" })}</th>
              <td>{figure(row.predicted, row.unit, words)}</td>
              <td>
                <Measured row={row} />
              </td>
              <td>
                <Difference row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {inputs.trip > 0 && (
        <p className={styles.note}>
          {t("theory.trip", { trip: figure(inputs.trip * 1e6, "time", words), prefetch: found.prefetch })}
        </p>
      )}
      {wait !== "measured" && <p className={styles.note}>{t(`theory.wait.${wait}`)}</p>}
    </div>
  );
}

function Formula({ found }: { found: QueueTheory }) {
  const words = useText();
  const { t, format } = words;
  const { inputs, fit } = found.theory;
  if (fit === null) return null;
  const { predicted, model } = fit;
  const number = (value: number) => format.number(value, 3);
  const time = (seconds: number) => figure(seconds * 1e6, "time", words);
  const offered = (inputs.lambda * inputs.meanService) / inputs.servers;
  const facts = {
    lambda: t("theory.perSecond", { value: number(inputs.lambda) }),
    mu: t("theory.perSecond", { value: number(1 / inputs.meanService) }),
    service: time(inputs.meanService),
    c: inputs.servers,
    k: inputs.room,
    cv: number(inputs.cv),
    rho: number(offered),
    rest: number(1 - offered),
    spread: number(1 + inputs.cv * inputs.cv),
    residual: time((inputs.lambda * inputs.meanService ** 2 * (1 + inputs.cv ** 2)) / 2),
    mustWait: number(predicted.mustWait),
    blocked: figure(predicted.blocked, "share", words),
    l: number(predicted.l),
    w: time(predicted.w),
    wq: time(predicted.wq),
  };
  return (
    <>
      <p className={styles.lead}>{t(`theory.about.${model}`, facts)}</p>
      <p className={styles.formula}>{t("theory.formula.rho", facts)}</p>
      <p className={styles.formula}>{t(`theory.formula.${model}`, facts)}</p>
    </>
  );
}

function Measured({ row }: { row: TheoryRow }) {
  const words = useText();
  const { t } = words;
  const { measured, unit } = row;
  if (measured === null) return <span className={styles.dim}>–</span>;
  if (Number.isNaN(measured.mean)) return <span className={styles.dim}>{t("theory.nothing")}</span>;
  if (measured.reason === null) return <span>{figureWithin(measured.mean, measured.half, unit, words)}</span>;
  return (
    <span>
      {figure(measured.mean, unit, words)}
      <span className={styles.dim}> {t(`theory.notEnough.${measured.reason}`)}</span>
    </span>
  );
}

function Difference({ row }: { row: TheoryRow }) {
  const { t, format } = useText();
  const difference = differenceOf(row);
  if (difference === undefined) return null;
  const percent = Math.abs(difference * 100);
  const text = t("theory.percent", {
    sign: difference < 0 ? "−" : "+",
    value: format.number(percent, percent < 9.95 ? 1 : 0),
  });
  const inside = isInside(row);
  if (inside === undefined) return <span className={styles.dim}>{text}</span>;
  const words = t(inside ? "theory.inside" : "theory.outside");
  return (
    <span className={styles.verdict} data-inside={inside} title={words}>
      {text}
      {inside ? <Check size={13} aria-hidden /> : <TriangleAlert size={13} aria-hidden />}
      <span className={controls.hidden}>{words}</span>
    </span>
  );
}

/** Little's law with the run's own figures: it holds whatever the model. */
function Little({ found, answers }: { found: QueueTheory; answers: Answers }) {
  const words = useText();
  const { t, format } = words;
  const number = answers.get(`${found.queue.id} depth.mean`);
  const rate = answers.get(`${found.queue.id} ack.rate`);
  if (number === undefined || rate === undefined || !(rate.mean > 0) || Number.isNaN(number.mean)) return null;
  const stay = measuredStay(found, answers);
  const own = {
    lambda: t("theory.perSecond", { value: format.number(rate.mean, 2) }),
    l: format.number(number.mean, 2),
  };
  const time = (us: number) => figure(us, "time", words);
  return (
    <>
      {found.theory.fit === null && <p className={styles.lead}>{t("theory.littleHolds")}</p>}
      <p className={styles.formula}>
        {stay !== null && found.theory.fit !== null
          ? t("theory.formula.little", {
              ...own,
              w: time(stay.mean),
              product: format.number((rate.mean * stay.mean) / 1e6, 2),
            })
          : t("theory.formula.littleStay", { ...own, w: time((number.mean / rate.mean) * 1e6) })}
      </p>
    </>
  );
}

/** Which part of the run was measured, and a field for whoever wants to set the warm-up. */
function Span({
  found,
  answers,
  warmup,
  onWarmup,
}: {
  found: QueueTheory;
  answers: Answers;
  warmup: number | null;
  onWarmup(warmup: number | null): void;
}) {
  const { t, format } = useText();
  const id = useId();
  const own = answers.get(`${found.queue.id} depth.mean`);
  return (
    <div className={styles.span}>
      {own !== undefined && own.until > own.since && (
        <span>
          {t(own.cut > own.since ? "theory.span" : "theory.spanWhole", {
            from: format.clock(own.cut),
            to: format.clock(own.until),
          })}
        </span>
      )}
      <label htmlFor={id} title={t("theory.warmupHint")}>
        {t("theory.warmup")}
      </label>
      <input
        id={id}
        className={styles.field}
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        placeholder={t("theory.auto")}
        value={warmup === null ? "" : warmup / 1e6}
        onChange={(event) => {
          const seconds = event.target.valueAsNumber;
          onWarmup(seconds >= 0 ? seconds * 1e6 : null);
        }}
      />
      <span>{t("theory.seconds")}</span>
    </div>
  );
}
