import type { Micros } from "../kernel/time.ts";
import type { Consumers } from "./consumers.ts";
import type { Core } from "./core.ts";
import type { Producers } from "./producers.ts";
import type { Samples } from "./samples.ts";
import type { Topology } from "./topology.ts";

/** The parts of a run that a sprint takes its state from, and brings it back to. */
export interface SprintState {
  readonly core: Core;
  readonly producers: Producers;
  readonly consumers: Consumers;
  readonly topology: Topology;
}

/** Asked now and then whether a run may go on for longer than it was asked to; null = it may not. */
export type GoesOn = (() => boolean) | null;

/** Performs everyday events in large numbers, exactly as the run would one by one. */
export interface Sprinting {
  /** Performs events up to the calendar's limit, and beyond it up to `until` where only a look at levels is between. @param goesOn whether it may go beyond `most` @returns how many; 0 = the next one is not everyday, or a sprint is not worth while */
  run(until: Micros, most: number, samples: Samples, goesOn?: GoesOn): number;
  /** The last one ended because it was not to go on, and not for what came next. */
  readonly wasCut: boolean;
  /** The run has been taken to another time. */
  forget(): void;
}

let make: ((state: SprintState) => Sprinting) | null = null;

/** From now on runs take sprints. Their code may come when a run has long begun, or never: it only makes runs faster. */
export function addSprints(how: (state: SprintState) => Sprinting): void {
  make = how;
}

/** @returns null while the code is not here */
export const sprintsFor = (state: SprintState): Sprinting | null => (make === null ? null : make(state));
