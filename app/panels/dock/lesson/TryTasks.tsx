import { ListChecks } from "lucide-react";
import { useState } from "react";
import { type Lesson, readLesson } from "../../../../engine/lesson/index.ts";
import { useDocument } from "../../../store/document.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { conditionWords, measuredWords } from "../../lesson/check-words.ts";
import styles from "./Author.module.css";
import { type Flaw, tryTasks } from "./try-tasks.ts";

type State = { is: "idle" | "running" } | { is: "done"; lesson: Lesson; flaws: readonly Flaw[] };

/** Plays every task from its beginning and from its solution, and says which of them is none. */
export function TryTasks({ lesson }: { lesson: Lesson }) {
  const words = useText();
  const { t } = words;
  const scenario = useDocument((s) => s.scenario);
  const [state, setState] = useState<State>({ is: "idle" });
  const sound = readLesson(lesson, scenario).lesson;
  const isNone = sound === null || !sound.steps.some(({ type }) => type === "do");
  const run = async () => {
    if (sound === null) return;
    setState({ is: "running" });
    const flaws = await tryTasks(sound, scenario);
    setState({ is: "done", lesson, flaws });
  };
  const why = ({ verdict }: Flaw): string =>
    verdict === undefined
      ? ""
      : t("lesson.author.tryWhy", {
          what: conditionWords(verdict.condition, scenario, words),
          value: measuredWords(verdict, scenario, words) ?? t("lesson.task.waiting"),
        });
  return (
    <>
      <div className={styles.bar}>
        <button
          type="button"
          className={controls.button}
          disabled={isNone || state.is === "running"}
          data-hint={t("lesson.author.tryHint")}
          onClick={() => void run()}
        >
          <ListChecks size={14} aria-hidden />
          {t(state.is === "running" ? "lesson.author.trying" : "lesson.author.try")}
        </button>
      </div>
      <div role="status" className={styles.issues}>
        {/* What was said of another version of it is no longer true. */}
        {state.is === "done" &&
          state.lesson === lesson &&
          (state.flaws.length === 0
            ? t("lesson.author.tryGood")
            : state.flaws.map((flaw) => (
                <p key={flaw.step}>
                  {t(`lesson.author.flaws.${flaw.is}`, { n: flaw.step })} {why(flaw)}
                </p>
              )))}
      </div>
    </>
  );
}
