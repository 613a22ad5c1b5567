import { describe, expect, it } from "vitest";
import { InvariantError } from "../kernel/invariant.ts";
import {
  erlangB,
  erlangC,
  little,
  mg1,
  mm1,
  mm1k,
  mmc,
  mmck,
  priorities,
  type Steady,
  type WithTails,
} from "./theory.ts";

const fields = ["rho", "throughput", "wq", "w", "lq", "l"] as const;

function close(got: Partial<Steady>, want: Partial<Steady>, digits = 12): void {
  for (const field of fields) if (field in want) expect(got[field], field).toBeCloseTo(want[field] as number, digits);
}

/** ∫₀^∞ of a tail is the mean. Simpson's rule to where nothing is left. */
function integral(tail: (t: number) => number, until: number, steps = 20_000): number {
  const h = until / steps;
  let sum = tail(0) + tail(until);
  for (let i = 1; i < steps; i++) sum += tail(i * h) * (i % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
}

describe("M/M/1", () => {
  it("gives the textbook's figures", () => {
    close(mm1(2, 3), { rho: 2 / 3, throughput: 2, wq: 2 / 3, w: 1, lq: 4 / 3, l: 2 });
    close(mm1(0.8, 1), { wq: 4, w: 5, lq: 3.2, l: 4 });
    close(mm1(0, 5), { rho: 0, wq: 0, w: 0.2, lq: 0, l: 0 });
  });

  it("gives the tails of wait and stay", () => {
    const queue = mm1(8, 10);
    for (const t of [0, 0.1, 0.5, 2]) {
      expect(queue.waitTail(t)).toBeCloseTo(0.8 * Math.exp(-2 * t), 14);
      expect(queue.stayTail(t)).toBeCloseTo(Math.exp(-2 * t), 14);
    }
  });

  it("has no steady state at load 1 and above", () => {
    const full = mm1(3, 3);
    expect(fields.map((f) => full[f])).toEqual([1, 3, Infinity, Infinity, Infinity, Infinity]);
    expect([full.waitTail(9), full.stayTail(9)]).toEqual([1, 1]);
    expect(mm1(7, 3).throughput).toBe(3);
  });
});

describe("Erlang's formulas", () => {
  it("give the values of the tables", () => {
    expect(erlangB(2, 3)).toBeCloseTo(4 / 19, 14);
    expect(erlangB(10, 10)).toBeCloseTo(0.2145823, 7);
    expect(erlangB(1, 1)).toBe(0.5);
    expect(erlangC(2, 3)).toBeCloseTo(4 / 9, 14);
    expect(erlangC(8, 10)).toBeCloseTo(0.4091802, 6);
    expect(erlangC(0.7, 1)).toBeCloseTo(0.7, 14);
    expect(erlangC(3, 3)).toBe(1);
  });

  it("stay finite for a thousand servers", () => {
    expect(erlangB(1000, 1000)).toBeCloseTo(0.0248, 3);
    expect(erlangC(950, 1000)).toBeGreaterThan(0);
    expect(erlangC(950, 1000)).toBeLessThan(erlangC(980, 1000));
  });
});

describe("M/M/c", () => {
  it("gives the textbook's figures", () => {
    // a = 2, c = 3: C = 4/9, Lq = 8/9.
    close(mmc(2, 1, 3), { rho: 2 / 3, wq: 4 / 9, w: 13 / 9, lq: 8 / 9, l: 26 / 9 });
    // c = 2: W = 1/(μ(1 − ρ²)).
    close(mmc(1.5, 1, 2), { w: 1 / (1 - 0.75 ** 2) });
    expect(mmc(2, 1, 3).mustWait).toBeCloseTo(4 / 9, 14);
  });

  it.each([
    [2, 1, 3],
    [0.5, 1, 2],
    [19, 1, 20],
    [1, 0.5, 4],
  ])("has tails whose integrals are the mean wait and stay: λ %d, μ %d, c %d", (lambda, mu, c) => {
    const queue = mmc(lambda, mu, c);
    expect(integral(queue.waitTail, 60 / mu)).toBeCloseTo(queue.wq, 8);
    expect(integral(queue.stayTail, 60 / mu)).toBeCloseTo(queue.w, 8);
    expect(queue.waitTail(0)).toBeCloseTo(queue.mustWait, 14);
    expect(queue.stayTail(0)).toBe(1);
  });

  it("goes smoothly through equal rates of wait and service", () => {
    const at = (lambda: number) => mmc(lambda, 1, 3).stayTail(2.5);
    expect(at(2)).toBeCloseTo((at(2 - 1e-3) + at(2 + 1e-3)) / 2, 6);
    expect(Math.abs(at(2 + 1e-9) - at(2))).toBeLessThan(1e-8);
  });
});

describe("M/G/1", () => {
  it("is M/M/1 with exponential service, and half its wait with constant service", () => {
    close(mg1(0.8, 1, 1), mm1(0.8, 1));
    expect(mg1(0.8, 1, 0).wq).toBeCloseTo(2, 13);
    expect(mg1(0.8, 1, 0).w).toBeCloseTo(3, 13);
  });

  it("gives Pollaczek and Khinchine's figure for a wide service", () => {
    // λ E[S²] / 2(1 − ρ) with E[S²] = 25·(1 + 4)
    close(mg1(0.1, 5, 2), { rho: 0.5, wq: (0.1 * 125) / (2 * 0.5), w: 17.5, lq: 1.25, l: 1.75 });
    expect(mg1(0.2, 5, 2).l).toBe(Infinity);
  });
});

describe("limited room", () => {
  it("gives the textbook's figures for M/M/1/K", () => {
    // At load 1 all states are equally likely.
    const even = mm1k(1, 1, 4);
    expect(even.probabilities.map((p) => p.toFixed(12))).toEqual(new Array(5).fill("0.200000000000"));
    close(even, { throughput: 0.8, rho: 0.8, l: 2, w: 2.5, lq: 1.2, wq: 1.5 });
    // Otherwise (1 − ρ)ρⁿ / (1 − ρ^(K+1)), here with ρ = ½ and K = 3: 8, 4, 2, 1 of 15.
    const half = mm1k(1, 2, 3);
    expect(half.blocked).toBeCloseTo(1 / 15, 14);
    close(half, { l: 11 / 15, throughput: 14 / 15, w: 11 / 14 });
  });

  it("blocks as Erlang B when nobody may wait", () => {
    const queue = mmck(10, 1, 10, 10);
    expect(queue.blocked).toBeCloseTo(erlangB(10, 10), 14);
    expect([queue.wq, queue.waitTail(0)]).toEqual([0, 0]);
    expect(queue.stayTail(0.7)).toBeCloseTo(Math.exp(-0.7), 12);
  });

  it("is M/M/c when the room is large", () => {
    for (const [lambda, c] of [
      [0.8, 1],
      [2, 3],
    ] as const) {
      const limited = mmck(lambda, 1, c, 400);
      const open = mmc(lambda, 1, c);
      close(limited, open, 10);
      for (const t of [0, 0.3, 2, 9]) {
        expect(limited.waitTail(t)).toBeCloseTo(open.waitTail(t), 10);
        expect(limited.stayTail(t)).toBeCloseTo(open.stayTail(t), 10);
      }
    }
  });

  it.each([
    [3, 1, 1, 5],
    [1, 1, 2, 2],
    [4, 1, 3, 12],
    [0.2, 1, 4, 9],
  ])("has tails whose integrals are the means: λ %d, μ %d, c %d, K %d", (lambda, mu, c, k) => {
    const queue: WithTails = mmck(lambda, mu, c, k);
    expect(integral(queue.waitTail, 60, 2000)).toBeCloseTo(queue.wq, 6);
    expect(integral(queue.stayTail, 60, 2000)).toBeCloseTo(queue.w, 6);
    expect(queue.stayTail(0)).toBeCloseTo(1, 12);
  });

  it("bears an overload whose powers overflow", () => {
    const queue = mm1k(50, 1, 3000);
    expect(queue.blocked).toBeCloseTo(0.98, 12);
    expect(queue.throughput).toBeCloseTo(1, 12);
    expect(queue.l).toBeCloseTo(3000 - 1 / 49, 6);
    // Nearly always 2,999 are ahead: about half of the arrivals let in wait longer than that.
    expect(queue.waitTail(2999)).toBeGreaterThan(0.4);
    expect(queue.waitTail(2999)).toBeLessThan(0.6);
    expect(mm1k(0, 1, 3).w).toBe(1);
  });
});

describe("two priority classes, service not interrupted", () => {
  const even = { lambda: 0.4, meanService: 1, cv: 1 };

  it("gives Cobham's waits", () => {
    const [urgent, other] = priorities([even, even]);
    close(urgent ?? {}, { rho: 0.4, throughput: 0.4, wq: 4 / 3, w: 7 / 3, lq: 1.6 / 3 });
    close(other ?? {}, { wq: 20 / 3, w: 23 / 3, l: 0.4 * (23 / 3) });
  });

  it("keeps the load-weighted sum of waits, whatever the order (Kleinrock's conservation law)", () => {
    const a = { lambda: 0.3, meanService: 2, cv: 0 };
    const b = { lambda: 1, meanService: 0.2, cv: 2 };
    const sums = [
      [a, b],
      [b, a],
    ].map((order) => priorities(order).reduce((sum, { rho, wq }) => sum + rho * wq, 0));
    const residual = (0.3 * 4 + 0.04 * 5) / 2;
    for (const sum of sums) expect(sum).toBeCloseTo((0.8 * residual) / 0.2, 12);
  });

  it("is M/G/1 with one class", () => {
    close(priorities([{ lambda: 0.1, meanService: 5, cv: 2 }])[0] ?? {}, mg1(0.1, 5, 2));
  });

  it("lets the urgent class live beside one that overloads the server", () => {
    const [urgent, flood] = priorities([even, { lambda: 9, meanService: 2, cv: 0 }]);
    // The server is never idle: 0.6 of an urgent arrival's chances meet a flood job with 1 unit left on average.
    close(urgent ?? {}, { wq: (0.4 * 1 + 0.6 * 1) / 0.6 });
    expect(flood?.l).toBe(Infinity);
    expect(flood?.throughput).toBeCloseTo(0.3, 14);
    const [, , last] = priorities([even, { lambda: 9, meanService: 2, cv: 0 }, even]);
    expect([last?.throughput, last?.w]).toEqual([0, Infinity]);
  });
});

it("obeys Little's law everywhere", () => {
  for (const queue of [
    mm1(2, 3),
    mmc(2, 1, 3),
    mg1(0.1, 5, 2),
    mmck(4, 1, 3, 12),
    ...priorities([{ lambda: 0.4, meanService: 1, cv: 1 }]),
  ]) {
    expect(queue.l).toBeCloseTo(little(queue.throughput, queue.w), 12);
    expect(queue.lq).toBeCloseTo(little(queue.throughput, queue.wq), 12);
  }
  // In M/M/c/K the number in the system is known apart from the times.
  const { probabilities, l } = mmck(4, 1, 3, 12);
  expect(probabilities.reduce((sum, p, n) => sum + n * p, 0)).toBeCloseTo(l, 12);
});

it("refuses what is no station", () => {
  expect(() => mm1(-1, 2)).toThrow(InvariantError);
  expect(() => mm1(1, 0)).toThrow(InvariantError);
  expect(() => mmc(1, 1, 1.5)).toThrow(InvariantError);
  expect(() => mmck(1, 1, 3, 2)).toThrow(InvariantError);
  expect(() => mg1(Number.NaN, 1, 1)).toThrow(InvariantError);
});
