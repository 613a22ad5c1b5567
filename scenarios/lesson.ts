import type { Lesson } from "../engine/lesson/index.ts";
import type { Scenario, Text } from "../engine/scenario/index.ts";
import { type CatalogueEntry, idOf } from "./entry.ts";

/** What a lesson says and does; its name and level are those of its entry. */
export type LessonParts = Pick<Lesson, "minutes" | "steps"> &
  Partial<Pick<Lesson, "lock" | "palette" | "hide" | "expose">>;

/** A text in both languages. */
export const t = (en: string, zh: string): Text => ({ en, zh });

export const lessonOf = (entry: CatalogueEntry, parts: LessonParts): Lesson => ({
  v: 1,
  id: idOf(entry),
  title: entry.scenario.meta.title as Text,
  level: entry.level,
  ...parts,
});

/** The drawing that a lesson is taken on: without the note that tells what to look for, and so the answer. */
export const sceneOf = ({ scenario }: CatalogueEntry): Scenario => ({
  ...scenario,
  nodes: scenario.nodes.filter(({ id, kind }) => !(kind === "note" && id === "question")),
});
