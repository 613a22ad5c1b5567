import { fork } from "node:child_process";
import { ROOT } from "./places.ts";

/** Asks one thing of a process of its own. @param entry its file from the root @throws Error of the process, or when it ends without an answer */
export function askChild<T>(entry: string, request: object): Promise<T> {
  const child = fork(`${ROOT}tools/run-ts.mjs`, [entry]);
  return new Promise<T>((done, failed) => {
    child.once("exit", (code) => failed(new Error(`${entry} has ended with code ${code}.`)));
    child.once("message", (answer: { ok: T } | { error: string }) => {
      if ("error" in answer) failed(new Error(answer.error));
      else done(answer.ok);
    });
    child.send(request);
  }).finally(() => child.kill());
}
