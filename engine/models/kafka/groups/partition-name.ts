/**
 * A partition as administrators and assignors write it: `topic-number`. Topic names may hold dashes themselves; the last one counts.
 */
export type PartitionName = string;

export const partitionName = (topic: string, partition: number): PartitionName => `${topic}-${partition}`;

export const topicOf = (name: PartitionName): string => name.slice(0, name.lastIndexOf("-"));

export const numberOf = (name: PartitionName): number => Number(name.slice(name.lastIndexOf("-") + 1));

/** Java compares strings by UTF-16 units, as `<` does here; never by a locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By topic name, then number. */
export function compareByTopic(a: PartitionName, b: PartitionName): number {
  return compareText(topicOf(a), topicOf(b)) || numberOf(a) - numberOf(b);
}

/** By number, then topic name. */
export function compareByNumber(a: PartitionName, b: PartitionName): number {
  return numberOf(a) - numberOf(b) || compareText(topicOf(a), topicOf(b));
}
