import { LESSON_IDS } from "../../../../scenarios/paths.ts";
import { startLessonOf } from "../../../commands/lessons.ts";
import { useDocument } from "../../../store/document.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Author.module.css";
import { newLesson } from "./edit-lesson.ts";

/** No lesson yet: what can be begun, and what becomes of the document by it. An example has a lesson of its own in the catalogue. */
export function Beginning() {
  const { t } = useText();
  const isExample = useDocument((s) => s.origin === "example");
  const id = useDocument((s) => s.scenario.meta.id) ?? "";
  const apply = useDocument((s) => s.apply);
  const isTaught = isExample && LESSON_IDS.includes(id);
  return (
    <div className={styles.empty}>
      {isTaught && <p>{t("lesson.author.taught")}</p>}
      <p>{t(isExample ? "lesson.author.example" : "lesson.author.none")}</p>
      <div className={styles.bar}>
        {isTaught && (
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            onClick={() => void startLessonOf(id)}
          >
            {t("lesson.author.take")}
          </button>
        )}
        <button
          type="button"
          className={`${controls.button} ${isTaught ? "" : controls.primary}`}
          onClick={() => apply((scenario) => ({ ...scenario, lesson: newLesson(scenario) }))}
        >
          {t("lesson.author.begin")}
        </button>
      </div>
    </div>
  );
}
