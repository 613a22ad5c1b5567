import { describe, expect, it } from "vitest";
import { QueueTurn, readableQueues, writableQueues } from "./queue-turn.ts";

const route = [
  { broker: "b", readQueues: 1, writeQueues: 2, perm: 6, hasMaster: true },
  { broker: "a", readQueues: 3, writeQueues: 2, perm: 6, hasMaster: true },
];
const names = (queues: readonly { broker: string; id: number }[]): string[] =>
  queues.map(({ broker, id }) => `${broker}${id}`);

describe("a producer's turn", () => {
  it("goes broker by broker, queue by queue, and begins again", () => {
    const turn = new QueueTurn(writableQueues("t", route), 2);
    expect(names([1, 2, 3, 4, 5].map(() => turn.next()))).toEqual(["b0", "b1", "a0", "a1", "b0"]);
  });

  it("passes a broker over that has just failed, and the turn with it", () => {
    const turn = new QueueTurn(writableQueues("t", route), 0);
    expect(names([turn.next(), turn.next("a"), turn.next()])).toEqual(["a0", "b0", "b1"]);
  });

  it("tries the same broker again if there is no other", () => {
    const turn = new QueueTurn(writableQueues("t", route.slice(1)), 0);
    expect(names([turn.next(), turn.next("a")])).toEqual(["a0", "a1"]);
  });

  it("knows no queues of groups without a master or without permission", () => {
    const changed = [
      { ...route[0], perm: 4 } as (typeof route)[0],
      { ...route[1], hasMaster: false } as (typeof route)[0],
    ];
    expect(names(writableQueues("t", changed))).toEqual([]);
    expect(names(readableQueues("t", changed))).toEqual(["a0", "a1", "a2", "b0"]);
  });
});
