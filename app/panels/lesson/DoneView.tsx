import { type RefObject, useEffect, useState } from "react";
import type { Lesson } from "../../../engine/lesson/index.ts";
import type { Text } from "../../../engine/scenario/index.ts";
import type { CatalogueEntry } from "../../../scenarios/index.ts";
import { loadCatalogue } from "../../commands/examples.ts";
import { nextInPath, startLesson } from "../../commands/lessons.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { HandIn } from "./HandIn.tsx";
import styles from "./Lesson.module.css";
import { endLesson } from "./session.ts";

/** The end of a lesson: what to do next. */
export function DoneView({ lesson, heading }: { lesson: Lesson; heading: RefObject<HTMLHeadingElement | null> }) {
  const { t, of } = useText();
  const [next, setNext] = useState<CatalogueEntry | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    void loadCatalogue().then((all) => isWanted && setNext(nextInPath(lesson.id, all)));
    return () => {
      isWanted = false;
    };
  }, [lesson.id]);
  return (
    <>
      <h3 className={styles.stepTitle} ref={heading} tabIndex={-1}>
        {t("lesson.done.title", { title: of(lesson.title) })}
      </h3>
      {lesson.assignment === undefined ? <p className={styles.words}>{t("lesson.done.words")}</p> : <HandIn />}
      <div className={styles.column}>
        {next !== undefined && (
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            onClick={() => {
              endLesson();
              void startLesson(next);
            }}
          >
            {t("lesson.done.next", { title: of(next.scenario.meta.title as Text) })}
          </button>
        )}
        {lesson.assignment === undefined && (
          <button type="button" className={controls.button} onClick={endLesson}>
            {t("lesson.done.stay")}
          </button>
        )}
        <button
          type="button"
          className={controls.button}
          onClick={() => {
            endLesson();
            useView.getState().openDialog("lessons");
          }}
        >
          {t("lesson.done.all")}
        </button>
      </div>
    </>
  );
}
