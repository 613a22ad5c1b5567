import type { CaseEvent, Final, RecordedCase, Step } from "./format.ts";

/** One case being replayed on a model. */
export interface Replay {
  /** Performs a step. @returns what the clients saw, sorted as FORMAT.md says @throws CaseError for a step that cannot be understood */
  perform(step: Step): CaseEvent[];
  /** Ends the case as OPS.md says. @returns what is left */
  finish(): Final;
}

/** What a system's model needs to replay cases. */
export interface Adapter {
  start(recorded: RecordedCase): Replay;
}
