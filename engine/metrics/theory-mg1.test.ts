import { describe, expect, it } from "vitest";
import { mg1, mm1, type WithTails } from "./theory.ts";
import { md1, mek1, mh21 } from "./theory-mg1.ts";

/** ∫₀^∞ of a tail is the mean. Simpson's rule to where nothing is left, piece by piece between a constant service's corners. */
function integral(tail: (t: number) => number, corner: number, pieces: number): number {
  const steps = 400;
  const h = corner / steps;
  let sum = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const at = (i: number) => tail(piece * corner + i * h - (i === steps ? corner * 1e-13 : 0));
    sum += at(0) + at(steps);
    for (let i = 1; i < steps; i++) sum += at(i) * (i % 2 === 1 ? 4 : 2);
  }
  return (sum * h) / 3;
}

function meansAgree(queue: WithTails, corner: number, pieces: number): void {
  expect(integral(queue.waitTail, corner, pieces) / queue.wq).toBeCloseTo(1, 7);
  expect(integral(queue.stayTail, corner, pieces) / queue.w).toBeCloseTo(1, 7);
  expect(queue.waitTail(0)).toBeCloseTo(queue.rho, 12);
  expect(queue.stayTail(0)).toBe(1);
}

describe("M/D/1", () => {
  it("agrees with Erlang's formula of 1909 where that keeps its digits", () => {
    for (const rho of [0.2, 0.5, 0.8]) {
      const queue = md1(rho, 1);
      for (const t of [0, 0.3, 1, 1.7, 2.5, 4.2]) {
        let sum = 0;
        for (let k = 0, factorial = 1; k <= t; k++, factorial *= k)
          sum += ((rho * (k - t)) ** k / factorial) * Math.exp(-rho * (k - t));
        expect(queue.waitTail(t), `${rho} ${t}`).toBeCloseTo(1 - (1 - rho) * sum, 11);
      }
    }
  });

  it.each([0.3, 0.8, 0.95])("has tails whose integrals are Pollaczek and Khinchine's means, load %f", (rho) => {
    meansAgree(md1(rho / 3, 3), 3, Math.ceil(24 / (1 - rho)));
  });

  it("falls without end in steps of nobody's rounding at high load", () => {
    const queue = md1(0.98, 1);
    let before = 1;
    for (let t = 0; t < 400; t += 0.5) {
      const tail = queue.waitTail(t);
      expect(tail).toBeLessThanOrEqual(before + 1e-12);
      before = tail;
    }
    expect(before).toBeLessThan(1e-6);
  });
});

describe("M/Ek/1", () => {
  it("is M/M/1 with one phase, and comes near M/D/1 with many", () => {
    const one = mek1(0.7, 1, 1);
    const many = mek1(0.7, 1, 2000);
    for (const t of [0.1, 1.5, 5.5, 12.5]) {
      expect(one.waitTail(t)).toBeCloseTo(mm1(0.7, 1).waitTail(t), 11);
      expect(one.stayTail(t)).toBeCloseTo(mm1(0.7, 1).stayTail(t), 11);
      expect(many.waitTail(t)).toBeCloseTo(md1(0.7, 1).waitTail(t), 3);
    }
  });

  it.each([
    [0.5, 2],
    [0.8, 4],
    [0.9, 3],
  ])("has tails whose integrals are Pollaczek and Khinchine's means, load %f, %d phases", (rho, k) => {
    meansAgree(mek1(rho / 2, 2, k), 2, Math.ceil(26 / (1 - rho)));
  });
});

describe("M/H2/1", () => {
  it("is M/M/1 when both exponentials are one", () => {
    for (const t of [0, 0.4, 3, 9]) {
      expect(mh21(0.6, 1, 1).waitTail(t)).toBeCloseTo(mm1(0.6, 1).waitTail(t), 11);
      expect(mh21(0.6, 1, 1).stayTail(t)).toBeCloseTo(mm1(0.6, 1).stayTail(t), 11);
    }
  });

  it.each([
    [0.5, 2],
    [0.8, 1.5],
    [0.7, 3],
  ])("has tails whose integrals are Pollaczek and Khinchine's means, load %f, cv %f", (rho, cv) => {
    meansAgree(mh21(rho / 2, 2, cv), 2, Math.ceil((30 * (1 + cv * cv)) / (1 - rho)));
  });
});

describe("all of them", () => {
  it("have the means of M/G/1 and nothing steady from load 1 on", () => {
    expect(md1(0.8, 1).w).toBe(mg1(0.8, 1, 0).w);
    expect(mek1(0.8, 1, 4).w).toBeCloseTo(mg1(0.8, 1, 0.5).w, 12);
    expect(mh21(0.8, 1, 2).w).toBe(mg1(0.8, 1, 2).w);
    for (const full of [md1(2, 1), mek1(2, 1, 3), mh21(2, 1, 2)]) {
      expect([full.w, full.waitTail(5), full.stayTail(5)]).toEqual([Infinity, 1, 1]);
    }
  });
});
