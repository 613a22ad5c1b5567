import { CircleCheck, CircleDashed, CircleX, Play } from "lucide-react";
import type { DoStep, Outcome, Verdict } from "../../../engine/lesson/index.ts";
import { kindSpec, type NodeKind } from "../../../engine/scenario/index.ts";
import { addFromPalette } from "../../canvas/actions.ts";
import { useDocument } from "../../store/document.ts";
import { useLesson } from "../../store/lesson.ts";
import { isPlayable, useRun } from "../../store/run.ts";
import { isCurtainDown, useTeaching } from "../../store/teaching.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { KindShape } from "../palette/KindShape.tsx";
import { conditionWords, measuredWords } from "./check-words.ts";
import styles from "./Lesson.module.css";
import { LessonText } from "./LessonText.tsx";
import { record, runStep, showSolution, untilOf } from "./session.ts";

const ICONS: Record<Outcome, typeof CircleCheck> = { passed: CircleCheck, failed: CircleX, waiting: CircleDashed };

/** What the task asks for, each with how it stands and what was measured. A figure that may still change is open until the run has come to its end. */
function Checks({ verdicts, isOver }: { verdicts: readonly Verdict[]; isOver: boolean }) {
  const words = useText();
  const { t } = words;
  const scenario = useDocument((s) => s.scenario);
  const isDown = useTeaching(isCurtainDown);
  return (
    <ul className={styles.checks}>
      {verdicts.map((verdict) => {
        const { condition, outcome } = verdict;
        const shown: Outcome = outcome === "failed" && !isOver && "metric" in condition ? "waiting" : outcome;
        const Icon = ICONS[shown];
        const measured = isDown ? null : measuredWords(verdict, scenario, words);
        return (
          <li key={JSON.stringify(condition)} data-outcome={shown}>
            <Icon size={16} aria-hidden />
            <span>
              <span className={controls.hidden}>{`${t(`lesson.task.state.${shown}`)}: `}</span>
              {conditionWords(condition, scenario, words)}
              <span className={styles.measured}>
                {measured === null ? t("lesson.task.waiting") : t("lesson.task.measured", { value: measured })}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** The result in one sentence, spoken at once: what was achieved, or which condition was not met, with the figure. */
function Result({ verdicts, isDone, isOver }: { verdicts: readonly Verdict[]; isDone: boolean; isOver: boolean }) {
  const words = useText();
  const { t } = words;
  const scenario = useDocument((s) => s.scenario);
  const failed = isOver ? verdicts.find(({ outcome }) => outcome === "failed") : undefined;
  const what = failed === undefined ? "" : conditionWords(failed.condition, scenario, words);
  const isDown = useTeaching(isCurtainDown);
  const value = failed === undefined || isDown ? null : measuredWords(failed, scenario, words);
  const isPassed = isDone && failed === undefined;
  return (
    <p role="status" aria-live="assertive" className={isPassed ? styles.good : styles.bad}>
      {isPassed
        ? t("lesson.task.passed")
        : failed === undefined
          ? ""
          : value === null
            ? t("lesson.task.failed", { what })
            : t("lesson.task.failedValue", { what, value })}
    </p>
  );
}

function Help({ step, at, said }: { step: DoStep; at: number; said: Said }) {
  const { t } = useText();
  const { hints = 0, solved = false } = useLesson((s) => s.progress.records[at]) ?? {};
  const count = step.hints.length;
  const isWithheld = useLesson((s) => s.lesson?.assignment?.noSolution === true);
  return (
    <div className={styles.help}>
      {hints > 0 && (
        <ol aria-label={t("lesson.task.hints")} aria-live="polite">
          {step.hints.slice(0, hints).map((hint) => (
            <li key={hint.en}>
              <LessonText text={said(hint)} />
            </li>
          ))}
        </ol>
      )}
      {solved && <p className={styles.note}>{t("lesson.task.applied")}</p>}
      {hints < count ? (
        <button type="button" className={styles.link} onClick={() => record(at, { hints: hints + 1 })}>
          {t("lesson.task.hint", { n: hints + 1, of: count })}
        </button>
      ) : (
        !solved &&
        !isWithheld && (
          <button type="button" className={styles.link} onClick={showSolution}>
            {t("lesson.task.solution")}
          </button>
        )
      )}
    </div>
  );
}

/** Kinds that the lesson lets one add: its panel stands where the palette was. */
function Parts() {
  const { t } = useText();
  const kinds = useLesson((s) => s.lesson?.palette);
  if (kinds === undefined || kinds.length === 0) return null;
  return (
    <section aria-label={t("lesson.task.add")} className={styles.parts}>
      <h4>{t("lesson.task.add")}</h4>
      {kinds.map((kind) => {
        const spec = kindSpec(kind);
        if (spec === undefined) return null;
        const known = spec.kind as NodeKind;
        return (
          <button key={kind} type="button" className={controls.button} onClick={() => addFromPalette(known)}>
            <KindShape kind={known} size={20} />
            {t(`kinds.${known}.name`)}
          </button>
        );
      })}
    </section>
  );
}

type Said = (text: { en: string; zh: string } | undefined) => string;

/** Something to achieve: the goal, how it stands, hints one by one, and the solution after all of them. */
export function TaskView({ step, at, said }: { step: DoStep; at: number; said: Said }) {
  const { t } = useText();
  const status = useRun((s) => s.status);
  const time = useRun((s) => s.time);
  const verdicts = useLesson((s) => s.verdicts);
  const { done = false, solved = false } = useLesson((s) => s.progress.records[at]) ?? {};
  const isOver = time / 1000 >= untilOf(step) - 0.001;
  return (
    <>
      <p className={styles.words}>
        <LessonText text={said(step.goal)} />
      </p>
      <Parts />
      <h4 className={styles.label}>{t("lesson.task.checks")}</h4>
      <Checks verdicts={verdicts} isOver={isOver} />
      <div className={styles.actions}>
        <button
          type="button"
          className={`${controls.button} ${done ? "" : controls.primary}`}
          disabled={!isPlayable(status) || status === "running"}
          onClick={runStep}
        >
          <Play size={14} aria-hidden />
          {t("lesson.task.run")}
        </button>
      </div>
      <Result verdicts={verdicts} isDone={done} isOver={isOver} />
      <Help step={step} at={at} said={said} />
      {(done || solved) && step.why !== undefined && (
        <p className={styles.why}>
          <b>{t("lesson.task.why")}</b> <LessonText text={said(step.why)} />
        </p>
      )}
    </>
  );
}
