import { ArrowDown, ArrowUp, Circle, Plus, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { type Lesson, readLesson, type Step } from "../../../../engine/lesson/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useLesson } from "../../../store/lesson.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { considerDocument } from "../../lesson/session.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import styles from "./Author.module.css";
import { Beginning } from "./Beginning.tsx";
import { CheckList } from "./CheckList.tsx";
import { dataOf, moved, newStep, setIn, textsOf, withData } from "./edit-lesson.ts";
import { focusAgain } from "./focus-again.ts";
import { HintForm } from "./HintForm.tsx";
import { ListKeys } from "./list-keys.ts";
import { hasReadableOptions } from "./options.ts";
import { PredictForm } from "./PredictForm.tsx";
import { QuizForm } from "./QuizForm.tsx";
import { beginRecording, endRecording, useRunRecorder } from "./record-run.ts";
import { TextPair } from "./TextPair.tsx";
import { ExposeTicks, HideTicks, HighlightTicks } from "./TickLists.tsx";
import { TryTasks } from "./TryTasks.tsx";
import { namesIn } from "./ticks.ts";

type Change = (path: readonly (string | number)[], value: unknown) => void;
const TYPES: readonly Step["type"][] = ["text", "predict", "run", "observe", "do", "quiz"];
const LEVELS: readonly Lesson["level"][] = ["intro", "core", "deep"];

/** What is no text, as data; kept only when it can be read. */
function DataField({ step, onChange }: { step: Step; onChange(step: Step): void }) {
  const { t } = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const [isBad, setBad] = useState(false);
  const take = (text: string) => {
    setDraft(text);
    try {
      const data: unknown = JSON.parse(text);
      const isObject = typeof data === "object" && data !== null && !Array.isArray(data);
      setBad(!isObject);
      if (isObject) onChange(withData(step, data as { [name: string]: unknown }));
    } catch {
      setBad(true);
    }
  };
  return (
    <label className={styles.data}>
      <span>{t("lesson.author.data")}</span>
      <textarea
        className={controls.input}
        rows={6}
        spellCheck={false}
        aria-invalid={isBad}
        value={draft ?? JSON.stringify(dataOf(step), null, 1)}
        onChange={(event) => take(event.target.value)}
        onBlur={() => !isBad && setDraft(null)}
      />
      {isBad && <span role="alert">{t("lesson.author.badData")}</span>}
    </label>
  );
}

function StepForm({ step, at, count, change }: { step: Step; at: number; count: number; change: Change }) {
  const { t, find, of } = useText();
  const form = useRef<HTMLDetailsElement>(null);
  const move = (button: HTMLElement, by: -1 | 1) => {
    change(["move"], [at, by]);
    focusAgain(button, () => form.current?.querySelector("summary"));
  };
  const removeStep = () => {
    const near = form.current?.nextElementSibling ?? form.current?.previousElementSibling;
    change(["steps", at], undefined);
    near?.querySelector<HTMLElement>("summary, select")?.focus();
  };
  // Options and hints have forms of their own.
  const texts = textsOf(step).filter(({ path }) => !["options", "hints"].includes(String(path[0])));
  const name = t(`lesson.titles.${step.type}`);
  return (
    <details ref={form} className={styles.step} data-step={at + 1}>
      <summary>
        <b>{at + 1}</b> {name}
        <span className={styles.excerpt}>{of(texts[0]?.text)}</span>
      </summary>
      <div className={styles.tools}>
        <IconButton
          label={t("lesson.quiz.up")}
          disabled={at === 0}
          onClick={({ currentTarget }) => move(currentTarget, -1)}
        >
          <ArrowUp size={14} />
        </IconButton>
        <IconButton
          label={t("lesson.quiz.down")}
          disabled={at === count - 1}
          onClick={({ currentTarget }) => move(currentTarget, 1)}
        >
          <ArrowDown size={14} />
        </IconButton>
        <IconButton label={t("lesson.author.remove", { n: at + 1 })} disabled={count === 1} onClick={removeStep}>
          <Trash2 size={14} />
        </IconButton>
      </div>
      {texts.map(({ path, text }) => (
        <TextPair
          key={path.join(".")}
          label={`${find(`lesson.author.parts.${path[0]}`) ?? path[0]}${typeof path[1] === "number" ? ` ${path[1] + 1}` : ""}`}
          text={text}
          onChange={(next) => change(["steps", at, ...path], next)}
        />
      ))}
      {step.type === "do" && Array.isArray(step.check) && (
        <CheckList
          checks={step.check}
          onAdd={(check) => change(["steps", at, "check", step.check.length], check)}
          onRemove={(place) => change(["steps", at, "check", place], undefined)}
        />
      )}
      {step.type === "do" && Array.isArray(step.hints) && (
        <HintForm hints={step.hints} onChange={(next) => change(["steps", at, "hints"], next)} />
      )}
      {step.type === "quiz" && hasReadableOptions(step) && (
        <QuizForm step={step} onChange={(next) => change(["steps", at], next)} />
      )}
      {step.type === "predict" && hasReadableOptions(step) && (
        <PredictForm step={step} onChange={(next) => change(["steps", at], next)} />
      )}
      <HighlightTicks list={namesIn(step.highlight)} onChange={(next) => change(["steps", at, "highlight"], next)} />
      <DataField step={step} onChange={(next) => change(["steps", at], next)} />
    </details>
  );
}

/** Everything that keeps the lesson from being taken, with its place and what to do. */
function Issues({ lesson }: { lesson: Lesson }) {
  const { t, find } = useText();
  const scenario = useDocument((s) => s.scenario);
  const { issues } = readLesson(lesson, scenario);
  return (
    <div role="status" className={styles.issues}>
      {issues.length === 0
        ? t("lesson.author.sound")
        : issues.map(({ path, code, facts }) => (
            <p key={`${path} ${code}`}>
              <code>{path}</code> {find(`lesson.issues.${code}`, facts) ?? code}
            </p>
          ))}
    </div>
  );
}

function LockForm({ lesson, change }: { lesson: Lesson; change: Change }) {
  const { t } = useText();
  const { lock } = lesson;
  const words = (lock?.default === "locked" ? lock.allow : lock?.deny) ?? [];
  const list = lock?.default === "locked" ? "allow" : "deny";
  return (
    <div className={styles.row}>
      <label>
        <span>{t("lesson.author.lock")}</span>
        <select
          className={controls.select}
          value={lock?.default ?? ""}
          onChange={(event) =>
            change(["lock"], event.target.value === "" ? undefined : { default: event.target.value })
          }
        >
          <option value="">{t("lesson.author.locks.none")}</option>
          <option value="locked">{t("lesson.author.locks.locked")}</option>
          <option value="open">{t("lesson.author.locks.open")}</option>
        </select>
      </label>
      {lock !== undefined && (
        <label>
          <span>{t("lesson.author.except")}</span>
          <input
            className={controls.input}
            size={32}
            placeholder={t("lesson.author.exceptHint")}
            defaultValue={words.join(", ")}
            onBlur={(event) =>
              change(
                ["lock", list],
                event.target.value.split(/[,，\s]+/).filter((word) => word !== ""),
              )
            }
          />
        </label>
      )}
    </div>
  );
}

/** Play it as in class; pauses and changes become steps. */
function RecordButton() {
  const { t } = useText();
  const { on, count } = useRunRecorder();
  return (
    <button
      type="button"
      className={controls.button}
      aria-pressed={on}
      data-hint={t("lesson.author.recordHint")}
      onClick={on ? endRecording : beginRecording}
    >
      <Circle size={13} fill={on ? "currentColor" : "none"} aria-hidden />
      {on ? t("lesson.author.recordEnd", { n: count }) : t("lesson.author.record")}
    </button>
  );
}

function AuthorForm({ lesson }: { lesson: Lesson }) {
  const { t } = useText();
  const apply = useDocument((s) => s.apply);
  const [type, setType] = useState<Step["type"]>("text");
  const [keys] = useState(() => new ListKeys());
  const put = (next: Lesson | undefined, coalesce?: string) =>
    apply(
      (scenario) => {
        const { lesson: _, ...rest } = scenario;
        return next === undefined ? rest : { ...rest, lesson: next };
      },
      coalesce === undefined ? {} : { coalesce },
    );
  const change: Change = (path, value) => {
    if (path[0] === "move") {
      const [at, by] = value as [number, -1 | 1];
      keys.move(at, by);
      put({ ...lesson, steps: moved(lesson.steps, at, by) });
    } else {
      if (path.length === 2 && path[0] === "steps" && value === undefined) keys.remove(Number(path[1]));
      put(setIn(lesson, path, value), `lesson ${path.join(".")}`);
    }
  };
  return (
    <div className={styles.form}>
      <div className={styles.bar}>
        <button
          type="button"
          className={`${controls.button} ${controls.primary}`}
          onClick={() => considerDocument(true)}
        >
          {t("lesson.author.preview")}
        </button>
        <RecordButton />
        <button type="button" className={controls.button} onClick={() => put(undefined)}>
          {t("lesson.author.drop")}
        </button>
      </div>
      <Issues lesson={lesson} />
      <TryTasks lesson={lesson} />
      <div className={styles.row}>
        <label>
          <span>{t("lesson.author.level")}</span>
          <select
            className={controls.select}
            value={lesson.level}
            onChange={(event) => change(["level"], event.target.value)}
          >
            {LEVELS.map((level) => (
              <option key={level} value={level}>
                {t(`dialogs.examples.levels.${level}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{t("lesson.author.minutes")}</span>
          <input
            className={controls.input}
            type="number"
            min={1}
            max={600}
            value={lesson.minutes}
            onChange={(event) => change(["minutes"], Number(event.target.value))}
          />
        </label>
      </div>
      <LockForm lesson={lesson} change={change} />
      <ExposeTicks list={namesIn(lesson.expose)} onChange={(next) => change(["expose"], next)} />
      <HideTicks list={namesIn(lesson.hide)} onChange={(next) => change(["hide"], next)} />
      <TextPair
        label={t("lesson.author.parts.title")}
        text={lesson.title}
        onChange={(text) => change(["title"], text)}
      />
      {lesson.steps.map((step, at) => (
        <StepForm
          key={keys.of(at, lesson.steps.length)}
          step={step}
          at={at}
          count={lesson.steps.length}
          change={change}
        />
      ))}
      <div className={styles.bar}>
        <select
          className={controls.select}
          aria-label={t("lesson.author.type")}
          value={type}
          onChange={(event) => setType(event.target.value as Step["type"])}
        >
          {TYPES.map((one) => (
            <option key={one} value={one}>
              {t(`lesson.titles.${one}`)}
            </option>
          ))}
        </select>
        <button
          type="button"
          className={controls.button}
          onClick={() => change(["steps", lesson.steps.length], newStep(type))}
        >
          <Plus size={14} aria-hidden />
          {t("lesson.author.add")}
        </button>
      </div>
    </div>
  );
}

/** Whether it has the parts that the form walks through; what is wrong inside them the form itself says. */
const isEditable = (lesson: unknown): lesson is Lesson =>
  typeof lesson === "object" &&
  lesson !== null &&
  "title" in lesson &&
  typeof lesson.title === "object" &&
  "steps" in lesson &&
  Array.isArray(lesson.steps) &&
  lesson.steps.every((step: unknown) => typeof step === "object" && step !== null && "type" in step);

/** The lesson of this document, to be written: its texts in both languages, its steps, its locks, and what is still wrong. */
export default function LessonAuthor() {
  const { t } = useText();
  const lesson = useDocument((s) => s.scenario.lesson);
  const readOnly = useDocument((s) => s.readOnly);
  const isTaken = useLesson((s) => s.lesson !== null);
  const isView = useDocument((s) => s.origin === "link");
  if (isTaken) return <p className={styles.empty}>{t("lesson.author.taken")}</p>;
  if (readOnly) return <p className={styles.empty}>{t(isView ? "welcome.viewOnly" : "panels.inspector.readOnly")}</p>;
  if (lesson === undefined) return <Beginning />;
  return (
    <div className={styles.author}>
      {isEditable(lesson) ? <AuthorForm lesson={lesson} /> : t("lesson.author.foreign")}
    </div>
  );
}
