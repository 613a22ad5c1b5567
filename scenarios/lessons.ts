import type { LessonParts } from "./lesson.ts";

/** The lessons of the catalogue, by the id of their entry: each is fetched when it is wanted. */
export const LESSONS: { readonly [id: string]: () => Promise<{ LESSON: LessonParts }> } = {
  "hello-queue": () => import("./hello-queue-lesson.ts"),
  decouple: () => import("./decouple-lesson.ts"),
  "sync-vs-async": () => import("./sync-vs-async-lesson.ts"),
  "peak-shaving": () => import("./peak-shaving-lesson.ts"),
  "work-queue": () => import("./work-queue-lesson.ts"),
  "fair-dispatch": () => import("./fair-dispatch-lesson.ts"),
  fifo: () => import("./fifo-lesson.ts"),
  "order-lost": () => import("./order-lost-lesson.ts"),
  priority: () => import("./priority-lesson.ts"),
  "bounded-buffer": () => import("./bounded-buffer-lesson.ts"),
  "delay-parts": () => import("./delay-parts-lesson.ts"),
  persistence: () => import("./persistence-lesson.ts"),
  "ack-or-lose": () => import("./ack-or-lose-lesson.ts"),
  "nack-rollback": () => import("./nack-rollback-lesson.ts"),
  "poison-message": () => import("./poison-message-lesson.ts"),
};
