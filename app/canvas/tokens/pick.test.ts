import { describe, expect, it } from "vitest";
import { LOOK, packLook } from "../../../engine/worker/protocol.ts";
import { SAMPLES } from "../geometry.ts";
import { tokenAt } from "./pick.ts";
import { TokenBook } from "./token-book.ts";

const straight = new Float32Array(SAMPLES * 2).map((_, i) => (i % 2 === 0 ? (i / 2) * (100 / (SAMPLES - 1)) : 0));

function drawn(showAcks = false) {
  const book = new TokenBook();
  book.add(3, 0, 100, packLook(LOOK.message, 1, false, 0), false, 1);
  book.add(3, 40, 140, packLook(LOOK.ack, 1, false, 0), false, 1);
  return { book, time: 50, now: 0, line: () => straight, showAcks };
}

describe("a token under the pointer", () => {
  it("is the nearest one within reach", () => {
    expect(tokenAt(drawn(), { x: 53, y: 4 }, 10)).toMatchObject({ edge: 3, departure: 0 });
    expect(tokenAt(drawn(), { x: 70, y: 0 }, 10)).toBeNull();
  });

  it("is an answer only where answers are drawn, which travel back", () => {
    expect(tokenAt(drawn(), { x: 90, y: 0 }, 10)).toBeNull();
    expect(tokenAt(drawn(true), { x: 90, y: 0 }, 10)).toMatchObject({ departure: 40 });
  });
});
