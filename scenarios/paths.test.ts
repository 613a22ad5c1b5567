import { expect, it } from "vitest";
import { CATALOGUE, idOf } from "./index.ts";
import { LESSONS } from "./lessons.ts";
import { LESSON_IDS, LESSON_MINUTES, minutesOf, PATHS } from "./paths.ts";

const order = CATALOGUE.map(idOf);

it("the list of lessons is that of the lessons, with their minutes, in the catalogue's order", async () => {
  expect(Object.keys(LESSONS).sort()).toEqual([...LESSON_IDS].sort());
  for (const [id, load] of Object.entries(LESSONS)) expect(LESSON_MINUTES[id], id).toBe((await load()).LESSON.minutes);
  expect(LESSON_IDS).toEqual(order.filter((id) => LESSON_IDS.includes(id)));
});

it("every entry of the catalogue has a lesson", () => {
  expect(order.filter((id) => !LESSON_IDS.includes(id))).toEqual([]);
});

it("a path names lessons that there are, none of them twice, and no two paths begin with the same one", () => {
  for (const { id, lessons } of PATHS) {
    expect(new Set(lessons).size, id).toBe(lessons.length);
    expect(
      lessons.filter((one) => !LESSON_IDS.includes(one)),
      id,
    ).toEqual([]);
  }
  expect(new Set(PATHS.map(({ lessons }) => lessons[0])).size).toBe(PATHS.length);
});

it("message queues take the half hour that the path's title says", () => {
  expect(minutesOf(PATHS.find(({ id }) => id === "basics")?.lessons ?? [])).toBe(30);
});
