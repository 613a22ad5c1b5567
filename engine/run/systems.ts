import { systemOf } from "../scenario/topology.ts";
import type { Scenario, System } from "../scenario/types.ts";
import { RabbitDrawing } from "./rabbit-drawing.ts";
import type { SystemDrawing } from "./system-drawing.ts";
import type { Topology } from "./topology.ts";

export type MakeDrawing = (topology: Topology) => SystemDrawing;

/** In the order in which their nodes are declared. */
export const SYSTEM_ORDER: readonly System[] = ["rabbitmq", "redis", "zeromq", "kafka", "rocketmq"];

/**
 * Systems whose code is here. RabbitMQ always is; the others are added by whoever wants them: all at once (`all-systems.ts`), or, in the page's worker, when a drawing needs
 * them (`load-systems.ts`), so that nobody waits for a model that is not drawn.
 */
const known = new Map<System, MakeDrawing>([["rabbitmq", (topology) => new RabbitDrawing(topology)]]);

export function addSystem(system: System, make: MakeDrawing): void {
  known.set(system, make);
}

const drawnIn = ({ nodes }: Pick<Scenario, "nodes">): Set<System> =>
  new Set(nodes.flatMap((node) => systemOf(node) ?? []));

/** Systems of a document whose code is not here. */
export const missingSystems = (document: Pick<Scenario, "nodes">): System[] =>
  [...drawnIn(document)].filter((system) => !known.has(system));

/**
 * How to draw what a document holds, RabbitMQ's included.
 * @throws Error for a system whose code is not here: a bug of whoever makes the run
 */
export function makersFor(document: Pick<Scenario, "nodes">): [System, MakeDrawing][] {
  const drawn = drawnIn(document).add("rabbitmq");
  return SYSTEM_ORDER.filter((system) => drawn.has(system)).map((system) => {
    const make = known.get(system);
    if (make === undefined) throw new Error(`The model of ${system} is not loaded.`);
    return [system, make];
  });
}
