import { describe, expect, it } from "vitest";
import { InvariantError } from "../kernel/invariant.ts";
import { mm1, mmc } from "./theory.ts";
import { jackson, stayTailOfStages, tandem } from "./theory-networks.ts";

describe("a tandem", () => {
  it("is the sum of its stations", () => {
    const network = tandem(2, [
      { mu: 3, c: 1 },
      { mu: 1, c: 3 },
    ]);
    expect(network.w).toBeCloseTo(1 + 13 / 9, 12);
    expect(network.l).toBeCloseTo(2 + 26 / 9, 12);
    expect(network.wq).toBeCloseTo(2 / 3 + 4 / 9, 12);
    expect(network.throughput).toBe(2);
    expect(network.rho).toBeCloseTo(2 / 3, 12);
    expect(network.stations.length).toBe(2);
  });

  it("gives the mean of the bench's tandem: four stations of three servers at load 0.8", () => {
    const network = tandem(2.4, new Array(4).fill({ mu: 1, c: 3 }));
    expect(network.w).toBeCloseTo(8.31, 2);
    expect(network.w).toBeCloseTo(4 * mmc(2.4, 1, 3).w, 12);
  });

  it("has no steady state when one station is overloaded", () => {
    const network = tandem(2, [
      { mu: 3, c: 1 },
      { mu: 1, c: 2 },
    ]);
    expect([network.w, network.l, network.rho]).toEqual([Infinity, Infinity, 1]);
    expect(network.stations[0]?.w).toBeCloseTo(1, 12);
  });
});

describe("the stay in several stations", () => {
  it("is exponential in one, Erlang's in equal ones, and a difference of exponentials in two", () => {
    for (const t of [0.1, 1, 3, 20]) {
      expect(stayTailOfStages([0.4])(t)).toBeCloseTo(Math.exp(-0.4 * t), 12);
      expect(stayTailOfStages([2, 2, 2])(t)).toBeCloseTo(Math.exp(-2 * t) * (1 + 2 * t + 2 * t * t), 12);
      expect(stayTailOfStages([0.5, 3])(t)).toBeCloseTo((3 * Math.exp(-0.5 * t) - 0.5 * Math.exp(-3 * t)) / 2.5, 12);
    }
    expect(stayTailOfStages([1, 2])(0)).toBe(1);
  });
});

describe("a Jackson network", () => {
  it("counts the rounds of a retry loop", () => {
    // A quarter of all comes back: λ = 3/(1 − ¼) = 4.
    const network = jackson([{ external: 3, mu: 5, c: 1, next: [0.25] }]);
    expect(network.rates[0]).toBeCloseTo(4, 12);
    expect(network.l).toBeCloseTo(mm1(4, 5).l, 12);
    // Time over all rounds, per message from outside.
    expect(network.w).toBeCloseTo(4 / 3, 12);
    expect(network.throughput).toBe(3);
  });

  it("solves the traffic equations of a network with branches and a cycle", () => {
    // λ₁ = 2 + 0.3 λ₃, λ₂ = 0.6 λ₁, λ₃ = 1 + 0.4 λ₁ + 0.5 λ₂ → λ₁ = 2.3/0.79
    const network = jackson([
      { external: 2, mu: 4, c: 1, next: [0, 0.6, 0.4] },
      { external: 0, mu: 1.5, c: 2, next: [0, 0, 0.5] },
      { external: 1, mu: 2, c: 3, next: [0.3, 0, 0] },
    ]);
    const first = 2.3 / 0.79;
    const rates = [first, 0.6 * first, 1 + 0.7 * first];
    network.rates.forEach((rate, i) => {
      expect(rate).toBeCloseTo(rates[i] as number, 12);
    });
    const alone = [mm1(rates[0] as number, 4), mmc(rates[1] as number, 1.5, 2), mmc(rates[2] as number, 2, 3)];
    expect(network.l).toBeCloseTo(
      alone.reduce((sum, { l }) => sum + l, 0),
      10,
    );
    expect(network.w).toBeCloseTo(network.l / 3, 12);
  });

  it("is a tandem when it is one", () => {
    const network = jackson([
      { external: 2, mu: 3, c: 1, next: [0, 1] },
      { external: 0, mu: 1, c: 3, next: [0, 0] },
    ]);
    const line = tandem(2, [
      { mu: 3, c: 1 },
      { mu: 1, c: 3 },
    ]);
    expect(network.w).toBeCloseTo(line.w, 12);
    expect(network.lq).toBeCloseTo(line.lq, 12);
  });

  it("refuses a network that keeps its messages, and shares that do not fit", () => {
    const loop = { external: 1, mu: 9, c: 1 };
    expect(() =>
      jackson([
        { ...loop, next: [0, 1] },
        { ...loop, next: [1, 0] },
      ]),
    ).toThrow("messages cannot leave the network");
    expect(() => jackson([{ ...loop, next: [0.5, 0.5] }])).toThrow(InvariantError);
    expect(() => jackson([{ ...loop, next: [1.2] }])).toThrow(InvariantError);
    expect(() => jackson([{ ...loop, next: [-0.1] }])).toThrow(InvariantError);
  });
});
