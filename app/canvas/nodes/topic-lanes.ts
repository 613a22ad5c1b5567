import { groupOf, type Scenario, settingsAs } from "../../../engine/scenario/index.ts";

/** Partitions that have a lane of their own; of more, only sums are shown. */
export const LANES_MAX = 8;
/** Groups that have a place in the line below the lanes. */
export const GROUPS_SHOWN = 2;

/** Flags carry letters, as colours alone would not tell them apart. */
export const letterOf = (group: number): string => String.fromCharCode(65 + (group % 26));

/** Names of the members of a group at a topic, in the order in which figures count them (`member[group/0]`): by consume edge, then by instance. */
export function memberNames(scenario: Scenario, topic: string, group: string): string[] {
  return scenario.edges
    .filter((edge) => edge.kind === "consume" && edge.from === topic && groupOf(scenario, edge) === group)
    .flatMap((edge) => {
      const client = scenario.nodes.find((node) => node.id === edge.to);
      if (client === undefined) return [];
      const { instances } = settingsAs("consumer", client);
      if (instances === 1) return [client.name];
      return Array.from({ length: instances }, (_, i) => `${client.name}·${i + 1}`);
    });
}

/** Where an offset stands in a lane, 0…1 of its width. What is kept fills the lane, or what the stub for the trimmed part leaves of it. */
export function placeIn(start: number, end: number, offset: number): number {
  const stub = start > 0 ? STUB : 0;
  if (end <= start) return offset < start ? stub / 2 : 1;
  if (offset < start) return stub / 2;
  return stub + (1 - stub) * Math.min(1, (offset - start) / (end - start));
}

/** Part of a lane that stands for what retention has taken away, however much it was. */
export const STUB = 0.1;
