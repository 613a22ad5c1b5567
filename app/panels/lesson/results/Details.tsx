import { ChevronRight } from "lucide-react";
import type { Result, ResultChange, ResultStep } from "../../../../engine/lesson/index.ts";
import { useText, type Words } from "../../../text/index.ts";
import dialogs from "../../dialogs/Dialogs.module.css";
import styles from "./Results.module.css";

const plain = (value: unknown): string =>
  value === null || value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value);

const LETTERS = "ABCDEFGHIJKL";

/** A guess of a choice is the place of its option: it has the letter that stands there. */
function guessOf({ guess, outcome }: ResultStep, { t, format }: Words): string {
  if (guess === undefined || guess === "skipped") return t("teaching.results.skipped");
  const show = (value: number | number[]) =>
    Array.isArray(value) ? t("teaching.results.curve") : format.number(value);
  return outcome === undefined
    ? t("teaching.results.guessOnly", { guess: show(guess) })
    : t("teaching.results.guess", { guess: show(guess), outcome: show(outcome) });
}

function answerOf({ answer }: ResultStep): string {
  if (answer === undefined) return "–";
  if ("picked" in answer) return answer.picked.map((at) => LETTERS[at] ?? at + 1).join(", ");
  return "number" in answer ? String(answer.number) : `“${answer.text}”`;
}

/** What a step tells; null when there is nothing to be done at it. */
function said(step: ResultStep, words: Words): string | null {
  const { t } = words;
  const parts: string[] = [];
  if (step.type === "predict") parts.push(guessOf(step, words));
  else if (step.type === "quiz") {
    parts.push(answerOf(step));
    if (step.answer !== undefined) parts.push(t(step.right ? "teaching.results.right" : "teaching.results.wrong"));
  } else if (step.type === "do") {
    parts.push(t(step.done ? "teaching.results.done" : "teaching.results.notDone"));
    if (step.checks !== undefined) {
      const met = step.checks.filter(({ passed }) => passed).length;
      const measured = step.checks.map((one) => plain(one.measured)).join(", ");
      parts.push(`${t("teaching.results.checks", { n: met, of: step.checks.length })} (${measured})`);
    }
    if (step.hints !== undefined) parts.push(t("teaching.results.hinted", { count: step.hints }));
    if (step.solved) parts.push(t("teaching.results.withSolution"));
  } else return null;
  return parts.join(" · ");
}

const changeOf = ({ what, is, from, to }: ResultChange, { t }: Words): string => {
  if (is === "removed") return t("teaching.results.removed", { what });
  if (is === "added") return t("teaching.results.added", { what: plain(to ?? what) });
  const values = from === undefined && to === undefined ? "" : ` ${plain(from)} → ${plain(to)}`;
  return t("teaching.results.changed", { what: `${what}${values}` });
};

/** One person's work, step by step, and what became of the drawing. All of it is shown as text. */
export function Details({ name, result }: { name: string; result: Result }) {
  const words = useText();
  const { t, find } = words;
  return (
    <details className={dialogs.embed}>
      <summary>
        <ChevronRight size={16} aria-hidden />
        {t("teaching.results.details", { name })}
      </summary>
      <ul className={styles.details}>
        {result.steps.map((step, i) => {
          const what = said(step, words);
          return (
            what !== null && (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps have no names of their own
              <li key={i}>
                <b>{t("teaching.results.step", { n: i + 1, type: find(`lesson.titles.${step.type}`) ?? step.type })}</b>{" "}
                {what}
              </li>
            )
          );
        })}
        {result.changes.map((change) => (
          <li key={`${change.is} ${change.what}`}>{changeOf(change, words)}</li>
        ))}
      </ul>
    </details>
  );
}
