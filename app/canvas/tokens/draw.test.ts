import { describe, expect, it } from "vitest";
import { LOOK, packLook } from "../../../engine/worker/protocol.ts";
import { route } from "../geometry.ts";
import { draw, letterOf, type Pen, type Scene } from "./draw.ts";
import { TokenBook } from "./token-book.ts";

type Mark = [name: string, ...rest: (number | string)[]];

/** A pen that writes down what it is asked to draw. */
function notebook(): { pen: Pen; marks: Mark[] } {
  const marks: Mark[] = [];
  const pen = new Proxy({ globalAlpha: 1 } as Record<string, unknown>, {
    get: (kept, name: string) => (name in kept ? kept[name] : (...rest: number[]) => void marks.push([name, ...rest])),
    set: (kept, name: string, value) => {
      kept[name] = value;
      marks.push([`${name}=`, value]);
      return true;
    },
  });
  return { pen: pen as unknown as Pen, marks };
}

const straight = route({ x: 0, y: 0, side: "right" }, { x: 200, y: 0, side: "left" }).samples;

function scene(book: TokenBook, over: Partial<Scene> = {}): Scene {
  return {
    width: 400,
    height: 300,
    ratio: 1,
    view: [0, 0, 1],
    time: 500_000,
    now: 1000,
    book,
    line: (edge) => (edge === 0 ? straight : undefined),
    bands: [],
    falls: [],
    colours: {
      keys: ["red", "blue"],
      noKey: "grey",
      onToken: "white",
      ring: "black",
      good: "green",
      bad: "orange",
      band: "violet",
      ground: "ground",
      font: "sans",
    },
    showAcks: false,
    lostWord: "lost",
    ...over,
  };
}

const arcs = (marks: Mark[]) => marks.filter(([name]) => name === "arc");
const words = (marks: Mark[]) => marks.filter(([name]) => name === "fillText").map(([, text]) => text);

describe("drawing tokens", () => {
  it("puts a message where its share of the way is", () => {
    const book = new TokenBook();
    book.add(0, 0, 1_000_000, packLook(LOOK.message, -1, false, 0), false, 1);
    const { pen, marks } = notebook();
    draw(pen, scene(book));
    expect(arcs(marks)).toHaveLength(1);
    expect(arcs(marks)[0]?.[1]).toBeCloseTo(100, 0);
    expect(arcs(marks)[0]?.[2]).toBeCloseTo(0, 5);
  });

  it("does not draw what has not left yet, what has arrived, or what travels on a line that is not there", () => {
    const book = new TokenBook();
    book.add(0, 600_000, 900_000, 0, false, 1);
    book.add(0, 0, 400_000, 0, false, 1);
    book.add(7, 0, 1_000_000, 0, false, 1);
    const { pen, marks } = notebook();
    draw(pen, scene(book));
    expect(arcs(marks)).toHaveLength(0);
  });

  it("writes the key's letter from 100 % on, in the key's colour", () => {
    const book = new TokenBook();
    book.add(0, 0, 1_000_000, packLook(LOOK.message, 1, false, 0), false, 1);
    const near = notebook();
    draw(near.pen, scene(book));
    expect(words(near.marks)).toEqual(["B"]);
    expect(near.marks).toContainEqual(["fillStyle=", "blue"]);
    const far = notebook();
    draw(far.pen, scene(book, { view: [0, 0, 0.9] }));
    expect(words(far.marks)).toEqual([]);
    expect(letterOf(27)).toBe("B");
  });

  it("rings what was delivered before, and marks priority above the default", () => {
    const book = new TokenBook();
    book.add(0, 0, 1_000_000, packLook(LOOK.message, -1, true, 2), false, 1);
    const { pen, marks } = notebook();
    draw(pen, scene(book));
    expect(arcs(marks)).toHaveLength(2);
    expect(marks.filter(([name]) => name === "closePath")).toHaveLength(2);
  });

  it("draws a reply as a square and a sampled token larger, with a ring", () => {
    const book = new TokenBook();
    book.add(0, 0, 1_000_000, packLook(LOOK.reply, -1, false, 0), false, 1);
    const reply = notebook();
    draw(reply.pen, scene(book));
    expect(reply.marks.some(([name]) => name === "rect")).toBe(true);
    const many = new TokenBook();
    many.add(0, 0, 1_000_000, 0 | (255 << 4), false, 20);
    const { pen, marks } = notebook();
    draw(pen, scene(many));
    expect(arcs(marks)).toHaveLength(2);
    expect(arcs(marks)[0]?.[3]).toBeGreaterThan(6);
  });

  it("fills a half message half, inside its whole outline, and puts a clock around a delayed one", () => {
    const drawn = (kind: number) => {
      const book = new TokenBook();
      book.add(0, 0, 1_000_000, packLook(kind as typeof LOOK.half, -1, false, 0), false, 1);
      const { pen, marks } = notebook();
      draw(pen, scene(book));
      return marks;
    };
    const [filled, outline] = arcs(drawn(LOOK.half));
    expect([filled?.[4], filled?.[5]]).toEqual([Math.PI / 2, 1.5 * Math.PI]);
    expect([outline?.[3], outline?.[5]]).toEqual([filled?.[3], 2 * Math.PI]);
    const [token, clock] = arcs(drawn(LOOK.delayed));
    expect(Number(clock?.[3])).toBeGreaterThan(Number(token?.[3]));
    expect(drawn(LOOK.delayed).filter(([name]) => name === "lineTo").length).toBeGreaterThanOrEqual(2);
  });

  it("lets acknowledgements travel back, and only when they are wanted", () => {
    const book = new TokenBook();
    book.add(0, 250_000, 1_250_000, packLook(LOOK.ack, -1, false, 0), false, 1);
    const hidden = notebook();
    draw(hidden.pen, scene(book));
    expect(hidden.marks.some(([name]) => name === "stroke")).toBe(false);
    const shown = notebook();
    draw(shown.pen, scene(book, { showAcks: true }));
    const start = shown.marks.find(([name]) => name === "moveTo");
    // A quarter of the way back from 200.
    expect(start?.[1]).toBeCloseTo(150 - 3.5, 0);
  });

  it("drops a lost message off the line with the word", () => {
    const book = new TokenBook();
    book.add(0, 0, 600_000, packLook(LOOK.lost, -1, false, 0), false, 1);
    const { pen, marks } = notebook();
    draw(pen, scene(book));
    expect(words(marks)).toEqual(["lost"]);
    expect(arcs(marks)[0]?.[2]).toBeGreaterThan(5);
  });

  it("says why a message fell off its node", () => {
    const { pen, marks } = notebook();
    draw(pen, scene(new TokenBook(), { falls: [{ x: 50, y: 20, since: 500, words: "expired ×3" }] }));
    expect(words(marks)).toEqual(["expired ×3"]);
  });

  it("draws bands below tokens, each in its width", () => {
    const book = new TokenBook();
    book.add(0, 0, 1_000_000, 0, false, 1);
    const { pen, marks } = notebook();
    draw(pen, scene(book, { bands: [{ edge: 0, width: 9 }] }));
    expect(marks.findIndex(([name]) => name === "stroke")).toBeLessThan(marks.findIndex(([name]) => name === "arc"));
    expect(marks).toContainEqual(["lineWidth=", 9]);
  });

  it("keeps tokens visible in a small picture", () => {
    const book = new TokenBook();
    book.add(0, 0, 1_000_000, 0, false, 1);
    const { pen, marks } = notebook();
    draw(pen, scene(book, { view: [0, 0, 0.1] }));
    expect(Number(arcs(marks)[0]?.[3]) * 0.1).toBeCloseTo(2.5);
  });
});

describe("the book of tokens", () => {
  it("replays a short trip for a quarter of a second of real time, from when the clock reaches it", () => {
    const book = new TokenBook();
    book.add(0, 500_000, 505_000, 0, true, 1);
    expect(book.shareOf(0, 400_000, 0)).toBeLessThan(0);
    book.retire(400_000, 0);
    expect(book.count).toBe(1);
    book.retire(500_000, 100);
    expect(book.shareOf(0, 600_000, 225)).toBeCloseTo(0.5);
    book.retire(700_000, 340);
    expect(book.count).toBe(1);
    book.retire(700_000, 351);
    expect(book.count).toBe(0);
  });

  it("takes away what has arrived and keeps the others whole", () => {
    const book = new TokenBook();
    book.add(1, 0, 100, 11, false, 1);
    book.add(2, 0, 300, 22, false, 5);
    book.add(3, 0, 200, 33, false, 1);
    book.retire(200, 0);
    expect(book.count).toBe(1);
    expect([book.edge[0], book.look[0], book.stands[0]]).toEqual([2, 22, 5]);
  });

  it("follows edges to their new numbers and forgets those that are gone", () => {
    const book = new TokenBook();
    book.add(0, 0, 100, 0, false, 1);
    book.add(1, 0, 100, 0, false, 1);
    book.renumber((edge) => (edge === 1 ? 0 : -1));
    expect(book.count).toBe(1);
    expect(book.edge[0]).toBe(0);
  });
});
