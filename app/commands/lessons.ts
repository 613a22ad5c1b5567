import { type CatalogueEntry, idOf } from "../../scenarios/index.ts";
import { LESSON_IDS, PATHS } from "../../scenarios/paths.ts";
import { saveNow } from "../share/session.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { loadCatalogue } from "./examples.ts";

/** Opens an entry's drawing with its lesson as a document of its own; the player takes it from there. @returns false when it has no lesson */
export async function startLesson(entry: CatalogueEntry): Promise<boolean> {
  const [{ LESSONS }, { lessonOf, sceneOf }] = await Promise.all([
    import("../../scenarios/lessons.ts"),
    import("../../scenarios/lesson.ts"),
  ]);
  const load = LESSONS[idOf(entry)];
  if (load === undefined) return false;
  const { LESSON } = await load();
  saveNow();
  useView.getState().select({});
  const scenario = { ...structuredClone(sceneOf(entry)), lesson: lessonOf(entry, LESSON) };
  useDocument.getState().open(scenario, { origin: "example" });
  return true;
}

/** Starts a lesson by its id, as the first visit does. */
export async function startLessonOf(id: string): Promise<void> {
  const entry = (await loadCatalogue()).find((one) => idOf(one) === id);
  if (entry !== undefined) await startLesson(entry);
}

/** What follows a lesson in the first path that has it. */
export function nextInPath(id: string, all: readonly CatalogueEntry[]): CatalogueEntry | undefined {
  for (const { lessons } of PATHS) {
    const at = lessons.indexOf(id);
    const next = at < 0 ? undefined : lessons.slice(at + 1).find((one) => LESSON_IDS.includes(one));
    if (next !== undefined) return all.find((entry) => idOf(entry) === next);
  }
  return undefined;
}
