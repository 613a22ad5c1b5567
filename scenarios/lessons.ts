import type { LessonParts } from "./lesson.ts";

/** The lessons of the catalogue, by the id of their entry: each is fetched when it is wanted. */
export const LESSONS: { readonly [id: string]: () => Promise<{ LESSON: LessonParts }> } = {
  "hello-queue": () => import("./hello-queue-lesson.ts"),
  decouple: () => import("./decouple-lesson.ts"),
  "peak-shaving": () => import("./peak-shaving-lesson.ts"),
  "work-queue": () => import("./work-queue-lesson.ts"),
  "ack-or-lose": () => import("./ack-or-lose-lesson.ts"),
};
