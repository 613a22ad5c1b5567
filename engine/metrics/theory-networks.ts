import { InvariantError, invariant } from "../kernel/invariant.ts";
import { mmc, poisson, type Steady } from "./theory.ts";

/** One station of a network: c exponential servers with rate μ each and one queue. */
export interface NetworkStation {
  mu: number;
  c: number;
}

/** Figures of the whole: `w` and `wq` are means over one message's whole way, `rho` is that of the busiest station. */
export interface Network extends Steady {
  stations: Steady[];
}

/**
 * Poisson arrivals that pass through M/M/c stations one after the other. What leaves such a station is Poisson again
 * (Burke 1956), so each behaves as if alone.
 */
export function tandem(lambda: number, stations: readonly NetworkStation[]): Network {
  return whole(
    lambda,
    stations.map(({ mu, c }) => mmc(lambda, mu, c)),
  );
}

/**
 * P(stay > t) over several stations whose stays are independent and exponential with these rates: those of M/M/1 stations in a row are, with rates μ − λ (Reich 1957).
 * The chain from station to station is looked at on the clock of a Poisson process as fast as the fastest station, so that equal rates are as good as any.
 * @param rates > 0, per unit of time
 */
export function stayTailOfStages(rates: readonly number[]): (t: number) => number {
  const fastest = Math.max(...rates);
  return (t) => {
    if (t <= 0) return 1;
    const ticks = poisson(fastest * t, 0);
    // Where a message is after so many ticks.
    let at: number[] = rates.map((_, i) => (i === 0 ? 1 : 0));
    let tail = 0;
    for (const tick of ticks) {
      tail += tick * at.reduce((sum, p) => sum + p, 0);
      at = at.map((p, i) => {
        const before = i === 0 ? 0 : ((at[i - 1] as number) * (rates[i - 1] as number)) / fastest;
        return p * (1 - (rates[i] as number) / fastest) + before;
      });
    }
    return Math.min(1, tail);
  };
}

export interface JacksonStation extends NetworkStation {
  /** Poisson arrivals from outside. */
  external: number;
  /** By station: the share of those served here that go there next. The rest leaves. */
  next: readonly number[];
}

/**
 * Open network with random routing and feedback (Jackson 1957): in the long run each station is like an M/M/c of its own
 * at the rate that the traffic equations give, though its arrivals are not Poisson.
 * @throws InvariantError when messages cannot leave, or shares do not fit
 */
export function jackson(stations: readonly JacksonStation[]): Network & { rates: number[] } {
  const rates = trafficRates(stations);
  const each = stations.map(({ mu, c }, i) => mmc(rates[i] as number, mu, c));
  const outside = stations.reduce((sum, { external }) => sum + external, 0);
  return { ...whole(outside, each), rates };
}

function whole(lambda: number, stations: Steady[]): Network {
  const sum = (figure: "l" | "lq") => stations.reduce((total, station) => total + station[figure], 0);
  const l = sum("l");
  const lq = sum("lq");
  const rho = stations.reduce((most, station) => Math.max(most, station.rho), 0);
  // An overloaded station holds back what it cannot serve; where that leads is not worked out.
  const throughput = l < Number.POSITIVE_INFINITY ? lambda : Number.NaN;
  const perMessage = (number: number) => (Number.isFinite(number) ? number / lambda : number);
  return { rho, throughput, wq: perMessage(lq), w: perMessage(l), lq, l, stations };
}

/** Solves λⱼ = externalⱼ + Σᵢ λᵢ·nextᵢⱼ by elimination with the largest pivot. */
function trafficRates(stations: readonly JacksonStation[]): number[] {
  const n = stations.length;
  const rows = stations.map(({ external }, j) => [
    ...stations.map(({ next }, i) => (i === j ? 1 : 0) - (next[j] ?? 0)),
    external,
  ]);
  for (const { next, external } of stations) {
    const sum = next.reduce((total, share) => total + share, 0);
    const fits = next.length === n && next.every((share) => share >= 0) && sum <= 1 + 1e-12 && external >= 0;
    invariant(fits, "each station sends shares ≥ 0 with a sum of at most 1 to all stations", { next: next.join() });
  }
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    const lead = rows[column] as number[];
    if (Math.abs(lead[column] as number) < 1e-12) throw new InvariantError("messages cannot leave the network");
    for (let row = 0; row < n; row++) {
      const other = rows[row] as number[];
      const factor = (other[column] as number) / (lead[column] as number);
      if (row === column || factor === 0) continue;
      for (let k = column; k <= n; k++) other[k] = (other[k] as number) - factor * (lead[k] as number);
    }
  }
  return rows.map((row, i) => (row[n] as number) / (row[i] as number));
}
