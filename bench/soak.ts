import type { CDPSession, Page } from "@playwright/test";
import { openScenario, withBuiltPage } from "./built-page.ts";
import { type WorkloadName, workload } from "./workloads.ts";

/** Memory in use at one moment, bytes: heap, and the typed arrays' own memory beside it. */
export interface Weight {
  /** Real s since Play. */
  at: number;
  page: number;
  worker: number;
  /** Garbage was collected just before: only these tell what is held. */
  isCollected: boolean;
}

export interface Soak {
  workload: WorkloadName;
  minutes: number;
  weights: Weight[];
  /** Growth of what is held, bytes a minute: the line through all weights after a collection but for the first minute's, when everything is filled for the first time. */
  slope: { page: number; worker: number };
  /** Virtual s that it has come to. */
  virtualSeconds: number;
}

const LOOK_MS = 10_000;
/** Every so many looks garbage is collected first. */
const COLLECT_EVERY = 3;
/** Charts, event log, snapshots and tape fill up first, s. */
const SETTLED = 60;

/** The built page at Max speed for so many real minutes, its charts open. */
export async function soak(name: WorkloadName, minutes: number): Promise<Soak> {
  const weights: Weight[] = [];
  let virtualSeconds = 0;
  await withBuiltPage(async (newPage) => {
    const page = await newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    const play = await openScenario(page, workload(name, 1).scenario);
    const speed = page.getByRole("slider", { name: "Speed" });
    await speed.focus();
    await speed.press("End");
    if ((await speed.getAttribute("aria-valuetext")) !== "Max") throw new Error("The page is not at Max speed.");
    const scales = await Scales.of(page);
    await play.click();
    const began = performance.now();
    for (let look = 1; performance.now() - began < minutes * 60_000; look++) {
      await page.waitForTimeout(LOOK_MS);
      const isCollected = look % COLLECT_EVERY === 0;
      const weight = await scales.weigh(isCollected);
      weights.push({ at: (performance.now() - began) / 1000, isCollected, ...weight });
      if (faults.length > 0) throw new Error(faults.join("; "));
    }
    virtualSeconds = await reached(page);
    await page.close();
  });
  const settled = weights.filter(({ at, isCollected }) => isCollected && at > SETTLED);
  const slope = {
    page: slopeOf(settled.map(({ at, page }) => [at / 60, page])),
    worker: slopeOf(settled.map(({ at, worker }) => [at / 60, worker])),
  };
  return { workload: name, minutes, weights, slope, virtualSeconds };
}

/** What the clock shows, s. */
async function reached(page: Page): Promise<number> {
  const text = (await page.getByRole("timer").textContent()) ?? "";
  return text
    .trim()
    .split(":")
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Line through points by least squares; NaN of fewer than two. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const n = points.length;
  const mean = (k: 0 | 1) => points.reduce((sum, point) => sum + point[k], 0) / n;
  const [mx, my] = [mean(0), mean(1)];
  let above = 0;
  let below = 0;
  for (const [x, y] of points) {
    above += (x - mx) * (y - my);
    below += (x - mx) ** 2;
  }
  return above / below;
}

interface Usage {
  usedSize: number;
  backingStorageSize?: number;
}

/** The debugging protocol of a page and of its one worker. */
class Scales {
  private readonly client: CDPSession;
  private readonly worker: string;
  private readonly waiting = new Map<number, (answer: unknown) => void>();
  private next = 1;

  private constructor(client: CDPSession, worker: string) {
    this.client = client;
    this.worker = worker;
    client.on("Target.receivedMessageFromTarget", ({ message }) => {
      const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
      if (id === undefined) return;
      this.waiting.get(id)?.(result);
      this.waiting.delete(id);
    });
  }

  static async of(page: Page): Promise<Scales> {
    const client = await page.context().newCDPSession(page);
    const attached = new Promise<string>((done) => {
      client.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
        if (targetInfo.type === "worker") done(sessionId);
      });
    });
    await client.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
    return new Scales(client, await attached);
  }

  async weigh(isCollected: boolean): Promise<{ page: number; worker: number }> {
    if (isCollected) {
      await this.client.send("HeapProfiler.collectGarbage");
      await this.askWorker("HeapProfiler.collectGarbage");
    }
    const page = (await this.client.send("Runtime.getHeapUsage")) as Usage;
    const worker = (await this.askWorker("Runtime.getHeapUsage")) as Usage;
    return { page: bytesOf(page), worker: bytesOf(worker) };
  }

  private async askWorker(method: string): Promise<unknown> {
    const id = this.next++;
    const answer = new Promise((done) => this.waiting.set(id, done));
    await this.client.send("Target.sendMessageToTarget", {
      sessionId: this.worker,
      message: JSON.stringify({ id, method }),
    });
    return answer;
  }
}

const bytesOf = ({ usedSize, backingStorageSize = 0 }: Usage): number => usedSize + backingStorageSize;
