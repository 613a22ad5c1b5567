import { type ChildProcess, fork } from "node:child_process";
import type { Answer, Memory, Request, Timed } from "./child.ts";
import { ROOT } from "./places.ts";
import type { WorkloadName } from "./workloads.ts";

/** Until the optimiser has done its work, which takes it some runs and most of a second, a run is up to seven times slower than later. */
const WARM_UP_RUNS = 2;
const WARM_UP_MS = 800;
const WARM_UP_SCALE = 0.1;

/** Plays until speed says something of the code, and not of its compilation. @param play one short run; resolves to the real ms it took */
export async function warmUp(play: (scale: number) => Promise<number>): Promise<void> {
  let spent = 0;
  for (let runs = 0; runs < WARM_UP_RUNS || spent < WARM_UP_MS; runs++) spent += await play(WARM_UP_SCALE);
}

/** One engine, ready in a process of its own to play one workload. */
export class Contender {
  private readonly engine: Request["engine"];
  private readonly name: WorkloadName;
  private readonly process: ChildProcess;

  constructor(engine: Request["engine"], name: WorkloadName) {
    this.engine = engine;
    this.name = name;
    this.process = fork(`${ROOT}tools/run-ts.mjs`, ["bench/child.ts"], { execArgv: ["--expose-gc"] });
  }

  async warmUp(): Promise<void> {
    await warmUp(async (scale) => (await this.time(scale)).ms);
  }

  time(scale: number): Promise<Timed> {
    return this.ask({ engine: this.engine, name: this.name, scale, measure: "time" }) as Promise<Timed>;
  }

  memory(scale: number): Promise<Memory> {
    return this.ask({ engine: this.engine, name: this.name, scale, measure: "memory" }) as Promise<Memory>;
  }

  end(): void {
    this.process.kill();
  }

  private ask(request: Request): Promise<Timed | Memory> {
    return new Promise((done, failed) => {
      const gone = (code: number | null) => failed(new Error(`The ${this.engine} engine has ended with code ${code}.`));
      this.process.once("exit", gone);
      this.process.once("message", (answer: Answer) => {
        this.process.off("exit", gone);
        if ("error" in answer) failed(new Error(answer.error));
        else done(answer.ok);
      });
      this.process.send(request);
    });
  }
}
