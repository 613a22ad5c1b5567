import { invariant } from "../kernel/invariant.ts";
import { exp } from "../kernel/math.ts";
import { mg1, poisson, type WithTails } from "./theory.ts";

/**
 * M/G/1 with services whose law makes the whole distribution of wait and stay computable: constant, Erlang, hyperexponential. Poisson arrivals, service in order of
 * arrival. All sums are of positive terms, so that no digits cancel, however high the load.
 */

const always = (): number => 1;

/**
 * M/D/1. From the stationary numbers of the embedded chain follows the wait (Franx 2001, "A simple solution for the M/D/c waiting time distribution", for c = 1; Erlang's
 * own sum of 1909 alternates and loses all digits at high load).
 */
export function md1(lambda: number, service: number): WithTails {
  const plain = mg1(lambda, service, 0);
  if (plain.rho >= 1) return { ...plain, waitTail: always, stayTail: always };
  const waiting = waitingInMd1(plain.rho);
  /** P(wait ≤ t). The last place that can have been taken before `t` is the k-th: with kD the first multiple above t, it is left when all of kD − t has passed. */
  const waitTail = (t: number): number => {
    if (t < 0) return 1;
    const k = Math.floor(t / service) + 1;
    const left = lambda * (k * service - t);
    let term = exp(-left);
    let below = 0;
    for (let j = 0; j < k; j++) {
      below += term * waiting(k - 1 - j);
      term *= left / (j + 1);
    }
    return Math.max(0, 1 - below);
  };
  return { ...plain, waitTail, stayTail: (t) => (t < service ? 1 : waitTail(t - service)) };
}

/** P(at most m wait) in M/D/1, m = 0, 1, …: computed as far as asked. */
function waitingInMd1(rho: number): (m: number) => number {
  // Above `n` arrive during a service: Poisson with mean ρ.
  const arrivals: number[] = [exp(-rho)];
  const more: number[] = [];
  let rest = 1;
  const above = (n: number): number => {
    while (more.length <= n) {
      const i = more.length;
      if (i > 0) arrivals.push(((arrivals[i - 1] as number) * rho) / i);
      rest -= arrivals[i] as number;
      // Where the rest has lost its digits its first term stands for it.
      more.push(rest > 1e-8 ? rest : poissonAbove(rho, i, arrivals[i] as number));
    }
    return more[n] as number;
  };
  // p₀ … pₙ by the balance between {0 … n} and what is above: pₙ₊₁·a₀ = p₀·P(A > n) + Σ pⱼ·P(A > n − j + 1).
  const p: number[] = [1 - rho];
  const below: number[] = [1 - rho];
  return (m) => {
    // At most m wait when at most m + 1 are there.
    while (p.length <= m + 1) {
      const n = p.length - 1;
      let up = (p[0] as number) * above(n);
      for (let j = 1; j <= n; j++) up += (p[j] as number) * above(n - j + 1);
      p.push(up / exp(-rho));
      below.push((below[n] as number) + (p[n + 1] as number));
    }
    return Math.min(1, below[m + 1] as number);
  };
}

/** P(A > n) of a Poisson variable with mean < 1, from P(A = n). */
function poissonAbove(mean: number, n: number, at: number): number {
  let term = at;
  let sum = 0;
  for (let i = n + 1; term > sum * 1e-17; i++) {
    term *= mean / i;
    sum += term;
  }
  return sum;
}

/**
 * M/E_k/1: an arrival brings k phases, each exponential. Who finds n phases waits for so many, and stays for n + k (Gross et al., "Fundamentals of Queueing Theory", chapter 3).
 * @param meanService of the whole service @param k ≥ 1, whole
 */
export function mek1(lambda: number, meanService: number, k: number): WithTails {
  invariant(Number.isInteger(k) && k >= 1, "an Erlang service has a whole number of phases", { k });
  const plain = mg1(lambda, meanService, 1 / Math.sqrt(k));
  if (plain.rho >= 1) return { ...plain, waitTail: always, stayTail: always };
  const rate = k / meanService;
  // The balance between {0 … n − 1} phases and what is above: an arrival jumps over it from the last k states below.
  const phases: number[] = [1 - plain.rho];
  let sum = 1 - plain.rho;
  while (1 - sum > 1e-13 && phases.length < PHASES_MAX) {
    let from = 0;
    for (let j = Math.max(0, phases.length - k); j < phases.length; j++) from += phases[j] as number;
    const p = (lambda / rate) * from;
    phases.push(p);
    sum += p;
  }
  const tail = (t: number, own: number): number => {
    // Still there at t: fewer phases than found (and own) have ended.
    const ended = poisson(rate * t, phases.length + own);
    let fewer = 0;
    let result = 0;
    for (let n = 0; n < phases.length + own; n++) {
      if (n >= own) result += (phases[n - own] as number) * fewer;
      fewer += ended[n] as number;
    }
    return Math.min(1, result);
  };
  return { ...plain, waitTail: (t) => (t < 0 ? 1 : tail(t, 0)), stayTail: (t) => (t <= 0 ? 1 : tail(t, k)) };
}

const PHASES_MAX = 200_000;

/**
 * M/H₂/1 with balanced means: each of the two exponentials is responsible for half of the work, as this simulator's hyperexponential. By Pollaczek and Khinchine's transform
 * wait and stay are mixtures of two exponentials whose rates are the roots of (s + μ₁)(s + μ₂) = λ·(p(s + μ₂) + (1 − p)(s + μ₁)).
 * @param cv ≥ 1
 */
export function mh21(lambda: number, meanService: number, cv: number): WithTails {
  invariant(cv >= 1, "a hyperexponential varies at least as much as an exponential", { cv });
  const plain = mg1(lambda, meanService, cv);
  if (plain.rho >= 1) return { ...plain, waitTail: always, stayTail: always };
  const square = cv * cv;
  const p = (1 - Math.sqrt((square - 1) / (square + 1))) / 2;
  const slow = (2 * p) / meanService;
  const fast = (2 * (1 - p)) / meanService;
  // Decay rates x = −s: x² − (μ₁ + μ₂ − λ)·x + μ₁μ₂(1 − ρ) = 0.
  const half = (slow + fast - lambda) / 2;
  const product = slow * fast * (1 - plain.rho);
  const root = Math.sqrt(Math.max(0, half * half - product));
  const quick = half + root;
  const lasting = product / quick;
  // With equal exponentials (cv = 1) the quick root is the service's own and has no part in the wait.
  const mixture = (above: (x: number) => number) => {
    const weight = (x: number, other: number) => ((1 - plain.rho) * above(x)) / (x * (other - x));
    const a = weight(lasting, quick);
    const b = weight(quick, lasting);
    return (t: number) => (t < 0 ? 1 : a * exp(-lasting * t) + b * exp(-quick * t));
  };
  return {
    ...plain,
    waitTail: mixture((x) => (slow - x) * (fast - x)),
    stayTail: mixture((x) => p * slow * (fast - x) + (1 - p) * fast * (slow - x)),
  };
}
