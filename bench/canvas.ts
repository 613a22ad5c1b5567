import type { Page } from "@playwright/test";
import type { Scenario, ScenarioEdge, ScenarioNode } from "../engine/index.ts";
import { openScenario, withBuiltPage } from "./built-page.ts";

/** How smoothly the built page draws a busy graph: what a person sees, dock with charts open. */
export interface Smoothness {
  nodes: number;
  /** Messages on links at once, on average: rate times latency, over all edges. */
  tokens: number;
  /** Frames a second over the whole measurement. */
  fps: number;
  /** ms between frames that 95 % do not exceed. */
  p95: number;
  longest: number;
}

/** The page's own; this file is compiled for Node. */
declare const requestAnimationFrame: (callback: (now: number) => void) => number;

const MEASURED_MS = 10_000;
const SETTLE_MS = 4000;
const LATENCY_MS = 2000;

/** Lanes of producer, queue and consumer, so many that `nodes` is reached, with `tokens` messages on the way. */
export function lanes(nodes: number, tokens: number): Scenario {
  const count = Math.round(nodes / 3);
  const rate = tokens / (2 * count) / (LATENCY_MS / 1000);
  const drawn: ScenarioNode[] = [];
  const edges: ScenarioEdge[] = [];
  const columns = Math.ceil(count / 20);
  for (let i = 0; i < count; i++) {
    const [x, y] = [(i % columns) * 64, Math.floor(i / columns) * 8];
    drawn.push(
      { id: `p${i}`, kind: "producer", name: `producer ${i}`, x, y, settings: { rate, arrival: "exponential" } },
      { id: `q${i}`, kind: "queue", name: `queue ${i}`, x: x + 20, y },
      { id: `c${i}`, kind: "consumer", name: `consumer ${i}`, x: x + 42, y, settings: { service: 20, prefetch: 100 } },
    );
    const settings = { latency: LATENCY_MS };
    edges.push(
      { id: `a${i}`, kind: "publish", from: `p${i}`, to: `q${i}`, settings },
      { id: `b${i}`, kind: "consume", from: `q${i}`, to: `c${i}`, settings },
    );
  }
  return { v: 1, meta: { title: "lanes" }, seed: 1, nodes: drawn, edges, timeline: [], alerts: [] };
}

/** Measures the built page (`npm run build` first) in Chromium, one graph after the other. */
export async function smoothness(
  graphs: readonly { nodes: number; tokens: number; measuredMs?: number }[],
): Promise<Smoothness[]> {
  const found: Smoothness[] = [];
  await withBuiltPage(async (newPage) => {
    for (const graph of graphs) {
      const page = await newPage();
      found.push({
        ...graph,
        ...(await look(page, lanes(graph.nodes, graph.tokens), graph.measuredMs ?? MEASURED_MS)),
      });
      await page.close();
    }
  });
  return found;
}

async function look(page: Page, scenario: Scenario, ms: number): Promise<Pick<Smoothness, "fps" | "p95" | "longest">> {
  const play = await openScenario(page, scenario);
  await play.click();
  await page.waitForTimeout(SETTLE_MS);
  const gaps = await page.evaluate(
    (until) =>
      new Promise<number[]>((done) => {
        const seen: number[] = [];
        let last = performance.now();
        const end = last + until;
        const next = (now: number) => {
          seen.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(next);
          else done(seen);
        };
        requestAnimationFrame(next);
      }),
    ms,
  );
  const sorted = [...gaps].sort((a, b) => a - b);
  return {
    fps: (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0),
    p95: sorted[Math.floor(sorted.length * 0.95)] as number,
    longest: sorted[sorted.length - 1] as number,
  };
}
