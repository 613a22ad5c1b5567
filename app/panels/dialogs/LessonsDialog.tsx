import { CircleCheck, Clock } from "lucide-react";
import { useEffect, useState } from "react";
import { type CatalogueEntry, idOf } from "../../../scenarios/index.ts";
import { LESSON_IDS, LESSON_MINUTES, minutesOf, PATHS } from "../../../scenarios/paths.ts";
import { loadCatalogue } from "../../commands/examples.ts";
import { startLesson } from "../../commands/lessons.ts";
import { keptProgress, type Progress } from "../../store/lesson.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { type Text, useText } from "../../text/index.ts";
import { speaksOf } from "./catalogue-search.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Lessons.module.css";
import { type Level, LevelFilter } from "./LevelFilter.tsx";
import { ProgressTools } from "./ProgressTools.tsx";

function Card({ entry, progress, number }: { entry: CatalogueEntry; progress: Progress | undefined; number?: number }) {
  const { t, of } = useText();
  const close = useView((s) => s.closeDialog);
  const { meta } = entry.scenario;
  const isBegun = progress !== undefined && !progress.finished && progress.step > 0;
  return (
    <li>
      <button
        type="button"
        className={styles.card}
        onClick={() => {
          close();
          void startLesson(entry);
        }}
      >
        {number !== undefined && (
          <span className={styles.number} aria-hidden>
            {number}
          </span>
        )}
        <span className={styles.words}>
          <b>{of(meta.title as Text)}</b>
          <span className={styles.aha}>{of(meta.about as Text)}</span>
        </span>
        <span className={styles.state} data-finished={progress?.finished || undefined}>
          {progress?.finished ? <CircleCheck size={14} aria-hidden /> : isBegun && <Clock size={14} aria-hidden />}
          {progress?.finished
            ? t("lesson.gallery.finished")
            : isBegun
              ? t("lesson.gallery.begun")
              : number === undefined && t(`dialogs.examples.levels.${entry.level}`)}
          {progress?.finished !== true && ` ${t("lesson.gallery.minutes", { n: LESSON_MINUTES[idOf(entry)] ?? 0 })}`}
        </span>
      </button>
    </li>
  );
}

/** All lessons: the three paths, then every one in the catalogue's order. */
export default function LessonsDialog() {
  const { t } = useText();
  const [entries, setEntries] = useState<readonly CatalogueEntry[] | null>(null);
  const [kept, setKept] = useState(keptProgress);
  const [text, setText] = useState("");
  const [level, setLevel] = useState<Level | null>(null);
  useEffect(() => {
    let isWanted = true;
    void loadCatalogue().then((found) => isWanted && setEntries(found));
    return () => {
      isWanted = false;
    };
  }, []);
  const entryOf = (id: string) => (entries ?? []).find((entry) => idOf(entry) === id);
  const list = (ids: readonly string[], isPath: boolean) => (
    <ol className={styles.list}>
      {ids
        .filter((id) => LESSON_IDS.includes(id))
        .map((id, i) => {
          const entry = entryOf(id);
          return (
            entry !== undefined && (
              <Card key={id} entry={entry} progress={kept[id]} {...(isPath && { number: i + 1 })} />
            )
          );
        })}
    </ol>
  );
  const found = LESSON_IDS.filter((id) => {
    const entry = entryOf(id);
    return entry !== undefined && (level === null || entry.level === level) && speaksOf(entry, text);
  });
  const isSearch = text.trim() !== "" || level !== null;
  return (
    <DialogFrame
      title={t("lesson.gallery.title")}
      intro={t("lesson.gallery.intro")}
      wide
      footer={<ProgressTools onTaken={() => setKept(keptProgress())} />}
    >
      <input
        type="search"
        data-first
        className={`${controls.input} ${styles.search}`}
        aria-label={t("lesson.gallery.search")}
        placeholder={t("lesson.gallery.search")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <LevelFilter level={level} onChange={setLevel} />
      {entries === null && <p>{t("lesson.gallery.loading")}</p>}
      <p role="status" hidden={entries === null || found.length > 0}>
        {entries !== null && found.length === 0 ? t("lesson.gallery.none", { text }) : ""}
      </p>
      <div className={styles.paths} hidden={isSearch}>
        {PATHS.map(({ id, lessons }) => (
          <section key={id} className={styles.path} aria-labelledby={`path-${id}`}>
            <h3 id={`path-${id}`}>{t(`lesson.gallery.paths.${id}.title`)}</h3>
            <p>
              {t(`lesson.gallery.paths.${id}.words`)} {t("lesson.gallery.minutes", { n: minutesOf(lessons) })}
            </p>
            {list(lessons, true)}
          </section>
        ))}
      </div>
      <section aria-labelledby="path-all" hidden={found.length === 0}>
        <h3 id="path-all" className={styles.all}>
          {t(isSearch ? "lesson.gallery.found" : "lesson.gallery.all")}
        </h3>
        {list(found, false)}
      </section>
    </DialogFrame>
  );
}
