import { type ChildProcess, fork } from "node:child_process";
import type { Answer, Memory, Request, Timed } from "./child.ts";
import { ROOT } from "./places.ts";
import { warmUp } from "./warm-up.ts";
import type { WorkloadName } from "./workloads.ts";

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
