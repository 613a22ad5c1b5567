import { expect, it } from "vitest";
import { ListKeys } from "./list-keys.ts";

const all = (keys: ListKeys, count: number) => Array.from({ length: count }, (_, at) => keys.of(at, count));

it("numbers go along with their items, and none is given twice", () => {
  const keys = new ListKeys();
  expect(all(keys, 3)).toEqual([0, 1, 2]);
  keys.move(2, -1);
  expect(all(keys, 3)).toEqual([0, 2, 1]);
  keys.remove(0);
  expect(all(keys, 2)).toEqual([2, 1]);
  expect(all(keys, 3)).toEqual([2, 1, 3]);
});

it("what is gone by undo is gone from the end", () => {
  const keys = new ListKeys();
  all(keys, 3);
  expect(all(keys, 1)).toEqual([0]);
  expect(all(keys, 2)).toEqual([0, 3]);
});
