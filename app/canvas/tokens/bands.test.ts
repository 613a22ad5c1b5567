import { describe, expect, it } from "vitest";
import { Bands, roundAbove } from "./bands.ts";

const load = (...rates: number[]) => rates.map((rate) => ({ rate, stay: 0.25 }));

describe("tokens or bands", () => {
  it("shows every message up to 30 a second on an edge, a band above", () => {
    const bands = new Bands();
    bands.resize(3);
    bands.decide(load(4, 30, 31));
    expect([...bands.isBand]).toEqual([0, 0, 1]);
  });

  it("goes back to tokens only a fifth below the mark, so that nothing flickers", () => {
    const bands = new Bands();
    bands.resize(1);
    bands.decide(load(40));
    bands.decide(load(25));
    expect([...bands.isBand]).toEqual([1]);
    bands.decide(load(23));
    expect([...bands.isBand]).toEqual([0]);
    bands.decide(load(29));
    expect([...bands.isBand]).toEqual([0]);
  });

  it("keeps the screen below 400 tokens by making the busiest edges bands", () => {
    const bands = new Bands();
    bands.resize(40);
    // 40 edges with 29/s that stay 0.5 s: 580 tokens.
    bands.decide(Array.from({ length: 40 }, (_, i) => ({ rate: 29 - i * 0.01, stay: 0.5 })));
    const shown = [...bands.isBand].filter((isBand) => isBand === 0).length;
    expect(shown * 29 * 0.5).toBeLessThanOrEqual(401);
    expect(bands.isBand[0]).toBe(1);
    expect(bands.isBand[39]).toBe(0);
  });

  it("lets one token stand for a round number of messages, the same on all bands", () => {
    const bands = new Bands();
    bands.resize(2);
    bands.decide(load(200, 40));
    expect(bands.stands).toBe(20);
    bands.decide(load(210, 40));
    expect(bands.stands).toBe(20);
    bands.decide(load(5, 4));
    expect(bands.stands).toBe(1);
  });

  it("lets every n-th message pass, whether it was in the frame or only counted", () => {
    const bands = new Bands();
    bands.resize(1);
    bands.decide(load(100));
    expect(bands.stands).toBe(10);
    const shown = Array.from({ length: 100 }, () => bands.pass(0, 1)).filter(Boolean).length;
    expect(shown).toBe(10);
    expect(bands.pass(0, 9)).toBe(false);
    expect(bands.pass(0, 1)).toBe(true);
  });

  it("draws a wider band for each tenfold rate", () => {
    expect(Bands.width(300) - Bands.width(30)).toBeCloseTo(4);
    expect(Bands.width(3000) - Bands.width(300)).toBeCloseTo(4);
    expect(Bands.width(1e12)).toBeLessThanOrEqual(18);
  });

  it("rounds to 1, 2, 5 and their tenfolds", () => {
    expect([1, 2, 2.1, 5, 6, 11, 20, 480].map(roundAbove)).toEqual([1, 2, 5, 5, 10, 20, 20, 500]);
  });
});
