import { expect, it } from "vitest";
import { helloQueue, type TimelineEntry } from "../../../../engine/scenario/index.ts";
import { withEntries } from "../../../store/recorder.ts";
import { copyOf, removeEntry, replaceEntry, shifted, stateOf, switched, withEndMoved } from "./edits.ts";

const KILL: TimelineEntry = { t: 5000, do: "consumer.kill", target: "c1", undoAt: 9000 };
const BURST: TimelineEntry = { t: 2000, do: "producer.burst", target: "p1", args: { count: 5 } };
const script = () => withEntries(helloQueue(), [KILL, BURST]);
const times = ({ timeline }: { timeline: TimelineEntry[] }) => timeline.map(({ t }) => t);

it("keeps entries in order of time, whatever is done to them", () => {
  expect(times(script())).toEqual([2000, 5000]);
  expect(times(replaceEntry(script(), BURST, shifted(BURST, 10_000)))).toEqual([5000, 12_000]);
  expect(times(withEntries(script(), [copyOf(BURST)]))).toEqual([2000, 3000, 5000]);
  expect(times(removeEntry(script(), KILL))).toEqual([2000]);
});

it("moves both ends of an entry, but not before the beginning of the run, and its end not before itself", () => {
  expect(shifted(KILL, -7000)).toMatchObject({ t: 0, undoAt: 4000 });
  expect(withEndMoved(KILL, -6000).undoAt).toBe(5000);
  expect(withEndMoved(BURST, 1000).undoAt).toBe(3000);
});

it("tells how an entry stands at a time", () => {
  expect([1, 6, 9].map((s) => stateOf(KILL, s * 1e6))).toEqual(["planned", "active", "done"]);
  expect(stateOf(BURST, 3e6)).toBe("done");
  expect(stateOf(switched(KILL, false), 6e6)).toBe("off");
  expect(switched(switched(KILL, false), true)).toEqual(KILL);
});
