import { hashOfText } from "../java-hash.ts";

/** What a consumer wants of a topic, by tags. */
export interface TagSubscription {
  /** Wants everything: `*`, or nothing said. */
  readonly isAll: boolean;
  readonly tags: readonly string[];
  /** The tags' hashes: all that the broker looks at. */
  readonly hashes: ReadonlySet<number>;
}

/**
 * @param expression `*`, or tags with `||` between; blanks around tags and empty parts do not count, a single `|` belongs to the tag
 * @returns null if there is no tag in it
 */
export function tagSubscription(expression: string): TagSubscription | null {
  if (expression === "" || expression === "*") return { isAll: true, tags: [], hashes: new Set() };
  const tags = expression
    .split("||")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return tags.length === 0 && isOnlyBars(expression)
    ? null
    : { isAll: false, tags, hashes: new Set(tags.map(hashOfText)) };
}

/** Java's split leaves nothing at all of bars alone; of bars with blanks between it leaves empty parts, which is no error. */
const isOnlyBars = (expression: string): boolean => expression.split("||").every((part) => part === "");

/** What the broker's queue keeps of a message's tag: 32 bits, signed; 0 for none. */
export const hashOfTag = (tag: string | null): number => (tag === null ? 0 : hashOfText(tag));

/** Whether the broker lets a message through: it compares hashes, so a tag with the same hash comes along (Aa and BB: rocketmq/filter-tags/collision). */
export const passesBroker = (subscription: TagSubscription, tagHash: number): boolean =>
  subscription.isAll || subscription.hashes.has(tagHash);

/** Whether the client gives it to the listener: it compares the texts of what came. */
export const passesClient = (subscription: TagSubscription, tag: string | null): boolean =>
  subscription.tags.length === 0 || (tag !== null && subscription.tags.includes(tag));
