import { invariant } from "../kernel/invariant.ts";
import { exp } from "../kernel/math.ts";

/**
 * Closed forms of queueing theory for single stations, to compare a run with. λ and μ are rates per unit of time; times
 * come out in that unit. Arrivals are Poisson, waiting room without limit and service in order of arrival unless said.
 * Source: Gross, Shortle, Thompson, Harris, "Fundamentals of Queueing Theory", chapters 2, 3, 6.
 */

/** Long-run figures. Where the load is 1 or more there are none: times and numbers are Infinity. */
export interface Steady {
  /** Share of the time that a server is busy, at most 1. */
  rho: number;
  /** Leaving per unit of time. */
  throughput: number;
  /** Mean wait for service. */
  wq: number;
  /** Mean time in the system: wait and service. */
  w: number;
  /** Mean number waiting. */
  lq: number;
  /** Mean number in the system. */
  l: number;
}

export interface WithTails extends Steady {
  /** P(wait > t), t ≥ 0. */
  waitTail: (t: number) => number;
  /** P(time in the system > t), t ≥ 0. */
  stayTail: (t: number) => number;
}

/** Little's law: mean number = throughput · mean time, for any system that neither makes nor swallows. */
export function little(throughput: number, meanTime: number): number {
  return throughput * meanTime;
}

/** P(all servers busy, arrival lost) in M/G/c/c. @param load λ/μ in Erlang */
export function erlangB(load: number, servers: number): number {
  checkServers(servers);
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (load * blocked) / (k + load * blocked);
  return blocked;
}

/** P(an arrival must wait) in M/M/c; 1 when the load is too high. @param load λ/μ in Erlang */
export function erlangC(load: number, servers: number): number {
  if (load >= servers) return 1;
  const blocked = erlangB(load, servers);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

/** M/M/1. */
export function mm1(lambda: number, mu: number): WithTails {
  return mmc(lambda, mu, 1);
}

/** M/M/c: c servers, each with rate μ, one queue. */
export function mmc(lambda: number, mu: number, c: number): WithTails & { mustWait: number } {
  checkRates(lambda, mu);
  checkServers(c);
  const mustWait = erlangC(lambda / mu, c);
  // While all servers are busy the queue falls at this rate; who must wait waits exponentially with it.
  const spare = c * mu - lambda;
  if (spare <= 0) return { ...overloaded(c * mu), mustWait, waitTail: () => 1, stayTail: () => 1 };
  const wq = mustWait / spare;
  return {
    ...steady(lambda / (c * mu), lambda, wq, 1 / mu),
    mustWait,
    waitTail: (t) => mustWait * exp(-spare * t),
    // Service alone, or wait and service: P(S > t) + P(must wait)·μ·∫₀ᵗ e^(−μ(t − x))·e^(−spare·x) dx
    stayTail: (t) => exp(-mu * t) * (1 + mustWait * mu * integralOfDecay(spare - mu, t)),
  };
}

/** (1 − e^(−rate·t)) / rate, also where the rate is 0 or negative. */
function integralOfDecay(rate: number, t: number): number {
  const x = rate * t;
  if (Math.abs(x) < 1e-4) return t * (1 - (x / 2) * (1 - (x / 3) * (1 - x / 4)));
  return (1 - exp(-x)) / rate;
}

/** M/G/1 (Pollaczek and Khinchine). @param cv coefficient of variation of the service time: 0 constant, 1 exponential */
export function mg1(lambda: number, meanService: number, cv: number): Steady {
  checkRates(lambda, 1 / meanService);
  const rho = lambda * meanService;
  if (rho >= 1) return overloaded(1 / meanService);
  return steady(rho, lambda, (rho * meanService * (1 + cv * cv)) / (2 * (1 - rho)), meanService);
}

export interface Limited extends WithTails {
  /** Share of arrivals that find the system full and are turned away. */
  blocked: number;
  /** P(n in the system) for n = 0 … k. */
  probabilities: number[];
}

/** M/M/1/K: at most k in the system, the one in service included; any load. Times are those of arrivals let in. */
export function mm1k(lambda: number, mu: number, k: number): Limited {
  return mmck(lambda, mu, 1, k);
}

/** M/M/c/K: at most k ≥ c in the system, those in service included; any load. Times are those of arrivals let in. */
export function mmck(lambda: number, mu: number, c: number, k: number): Limited {
  checkRates(lambda, mu);
  checkServers(c);
  invariant(Number.isInteger(k) && k >= c, "the room is a whole number, at least the servers", { k, c });
  const probabilities = birthAndDeath(k, (n) => lambda / (Math.min(n, c) * mu));
  const blocked = probabilities[k] as number;
  const throughput = lambda * (1 - blocked);
  const lq = probabilities.reduce((sum, p, n) => sum + Math.max(0, n - c) * p, 0);
  // An arrival that finds n ≥ c waits for n − c + 1 departures, which come at rate cμ: it still waits at t when a Poisson
  // number of them, with mean cμt, is smaller.
  const waitTail = (t: number) => {
    const departures = poisson(c * mu * t, k);
    let fewer = 0;
    let tail = 0;
    for (let n = c; n < k; n++) {
      fewer += departures[n - c] as number;
      tail += (probabilities[n] as number) * fewer;
    }
    return tail / (1 - blocked);
  };
  // Of the ticks of the same Poisson clock after the wait, each ends the service with probability 1/c.
  const stayTail = (t: number) => {
    const ticks = poisson(c * mu * t, k);
    const inService: number[] = new Array(ticks.length + 1).fill(0);
    for (let m = ticks.length - 1; m >= 0; m--) {
      inService[m] = (ticks[m] as number) + (1 - 1 / c) * (inService[m + 1] as number);
    }
    let fewer = 0;
    let tail = 0;
    for (let n = 0; n < k; n++) {
      if (n >= c) fewer += ticks[n - c] as number;
      tail += (probabilities[n] as number) * (fewer + (inService[Math.max(0, n - c + 1)] as number));
    }
    return tail / (1 - blocked);
  };
  const wq = throughput > 0 ? lq / throughput : 0;
  return { ...steady(throughput / (c * mu), throughput, wq, 1 / mu), blocked, probabilities, waitTail, stayTail };
}

/** Poisson probabilities from 0 to at least `least`, and far enough beyond the mean that the rest does not matter. */
export function poisson(mean: number, least: number): number[] {
  return birthAndDeath(Math.max(least, Math.ceil(mean + 12 * Math.sqrt(mean) + 60)), (n) => mean / n);
}

/** Probabilities p₀ … pₖ with pₙ = pₙ₋₁ · ratio(n), ratios falling in n; computed from the largest, so that none overflows. */
function birthAndDeath(k: number, ratio: (n: number) => number): number[] {
  let mode = 0;
  while (mode < k && ratio(mode + 1) >= 1) mode++;
  const weights: number[] = new Array(k + 1).fill(0);
  weights[mode] = 1;
  let sum = 1;
  for (let n = mode + 1; n <= k; n++) sum += weights[n] = (weights[n - 1] as number) * ratio(n);
  for (let n = mode; n > 0; n--) sum += weights[n - 1] = (weights[n] as number) / ratio(n);
  return weights.map((weight) => weight / sum);
}

export interface PriorityClass {
  lambda: number;
  meanService: number;
  /** Coefficient of variation of its service time. */
  cv: number;
}

/**
 * M/G/1 with classes served in order of priority, the running service never interrupted (Cobham 1954). A class is steady
 * while it and those before it leave the server time; its wait does not depend on how far later classes overload it.
 * @param classes the most urgent first @returns figures per class
 */
export function priorities(classes: readonly PriorityClass[]): Steady[] {
  // What is left of the running service when somebody arrives: an overloaded class fills all the time it is given.
  let residual = 0;
  let used = 0;
  for (const { lambda, meanService, cv } of classes) {
    checkRates(lambda, 1 / meanService);
    const share = Math.min(lambda * meanService, 1 - used);
    used += share;
    residual += (share * meanService * (1 + cv * cv)) / 2;
  }
  let before = 0;
  return classes.map(({ lambda, meanService }) => {
    const rho = lambda * meanService;
    const left = 1 - before;
    before = Math.min(1, before + rho);
    if (before >= 1) return overloaded(left / meanService, left);
    return steady(rho, lambda, residual / (left * (1 - before)), meanService);
  });
}

/** Figures that follow from the mean wait. */
function steady(rho: number, lambda: number, wq: number, meanService: number): Steady {
  const w = wq + meanService;
  return { rho, throughput: lambda, wq, w, lq: little(lambda, wq), l: little(lambda, w) };
}

function overloaded(throughput: number, rho = 1): Steady {
  const never = Number.POSITIVE_INFINITY;
  return { rho, throughput, wq: never, w: never, lq: never, l: never };
}

function checkRates(lambda: number, mu: number): void {
  invariant(lambda >= 0 && mu > 0, "rates are numbers, of arrivals ≥ 0 and of service > 0", { lambda, mu });
}

function checkServers(servers: number): void {
  invariant(Number.isInteger(servers) && servers >= 1, "the servers are a whole number ≥ 1", { servers });
}
