import { describe, expect, it } from "vitest";
import { EVENT, EVENTS_KEPT, EventLog } from "./event-log.ts";

const numbers = (log: EventLog) => log.read(0, EVENTS_KEPT, String).map(({ n }) => n);

describe("the log of events, when the run is taken back", () => {
  it("forgets what comes after a time, and goes on from there", () => {
    const log = new EventLog();
    for (let t = 1; t <= 10; t++) log.add(EVENT.publish, t, 0, t);
    log.cut(6);
    expect(log.last).toBe(6);
    log.add(EVENT.ack, 7, 0, 1);
    expect(log.read(5, 10, String).map(({ n, t, kind }) => [n, t, kind])).toEqual([
      [6, 6, "publish"],
      [7, 7, "ack"],
    ]);
  });

  it("does not take newer events that stood in the same place for older ones", () => {
    const log = new EventLog();
    for (let t = 1; t <= EVENTS_KEPT + 100; t++) log.add(EVENT.publish, t, 0, t);
    log.cut(200);
    expect(numbers(log)).toEqual(Array.from({ length: 100 }, (_, i) => 101 + i));
    log.cut(50);
    expect(numbers(log)).toEqual([]);
    log.add(EVENT.ack, 51, 0, 1);
    expect(log.read(0, 10, String).map(({ t }) => t)).toEqual([51]);
  });

  it("knows the time of a node's last event before a time", () => {
    const log = new EventLog();
    log.add(EVENT.publish, 10, 1, 1);
    log.add(EVENT.deliver, 20, 2, 1, 3);
    log.add(EVENT.ack, 30, 2, 1);
    expect(log.timeBefore(30, 0, undefined)).toBe(20);
    expect(log.timeBefore(30, 0, 3)).toBe(20);
    expect(log.timeBefore(30, 0, 1)).toBe(10);
    expect(log.timeBefore(30, 1, 1)).toBe(-1);
  });

  it("keeps the marks of the future, once each, until the run takes another way", () => {
    const log = new EventLog();
    const live = () => {
      log.add(EVENT.block, 5, 1, -1);
      log.add(EVENT.alert, 8, 2, -1, -1, undefined, 2);
    };
    live();
    log.cut(1);
    expect(log.marks.map(({ time }) => time)).toEqual([5, 8]);
    live();
    expect(log.marks.map(({ time }) => time)).toEqual([5, 8]);
    log.cutMarks(6);
    expect(log.marks.map(({ time }) => time)).toEqual([5]);
  });
});
