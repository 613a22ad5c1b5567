import { expect, it } from "vitest";
import { type FromEngine, MAX_SPEED, type ToEngine } from "../../engine/worker/protocol.ts";
import { GOLDEN_TIMES, type GoldenLook, goldenScenarios, hashValues } from "../../scenarios/golden.ts";
import { GOLDEN } from "../../scenarios/golden-hashes.ts";

/** The page's own worker, asked directly. */
class Engine {
  readonly #worker = new Worker(new URL("../../engine/worker/sim.worker.ts", import.meta.url), { type: "module" });
  readonly #heard: FromEngine[] = [];
  #wake: () => void = () => undefined;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<FromEngine>) => {
      this.#heard.push(data);
      this.#wake();
    };
  }
  say(message: ToEngine): void {
    this.#worker.postMessage(message);
  }
  /** Waits for a message, and forgets those before it. */
  async next<T extends FromEngine["type"]>(
    type: T,
    fits: (message: Extract<FromEngine, { type: T }>) => boolean = () => true,
  ): Promise<Extract<FromEngine, { type: T }>> {
    for (;;) {
      for (let message = this.#heard.shift(); message; message = this.#heard.shift()) {
        if (message.type === "fault") throw new Error(message.message);
        if (message.type === type && fits(message as Extract<FromEngine, { type: T }>)) {
          return message as Extract<FromEngine, { type: T }>;
        }
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
  end(): void {
    this.#worker.terminate();
  }
}

it("plays every golden run in the browser's worker as Node does: straight on, and after going back", async () => {
  const engine = new Engine();
  await engine.next("ready");
  let runId = 0;
  let request = 0;
  const look = async (time: number): Promise<GoldenLook> => {
    const { frame } = await engine.next(
      "frame",
      (message) => message.frame.time === time * 1e6 && !message.frame.running,
    );
    engine.say({ type: "hash", runId, request: ++request });
    const { hash } = await engine.next("hash");
    return { events: hash, values: hashValues(frame.values) };
  };
  for (const { name, scenario } of goldenScenarios()) {
    engine.say({ type: "load", runId: ++runId, scenario });
    const seen: GoldenLook[] = [];
    for (const time of GOLDEN_TIMES) {
      engine.say({ type: "runUntil", runId, time: time * 1e6 });
      engine.say({ type: "play", runId, speed: MAX_SPEED });
      // An alert may ask for a pause on the way.
      while ((await engine.next("paused")).reason === "alert") engine.say({ type: "play", runId, speed: MAX_SPEED });
      engine.say({ type: "seek", runId, time: time * 1e6 });
      seen.push(await look(time));
    }
    expect(seen, name).toEqual(GOLDEN[name]);
    const [first = 0] = GOLDEN_TIMES;
    engine.say({ type: "seek", runId, time: first * 1e6 });
    expect(await look(first), `${name}, taken back`).toEqual(seen[0]);
  }
  engine.end();
}, 60_000);
