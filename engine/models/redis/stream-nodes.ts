import type { StreamId } from "./stream-id.ts";
import type { StreamEntry } from "./stream-log.ts";
import type { StreamNode, StreamValue } from "./stream-value.ts";

/**
 * A stream's macro nodes: 100 entries or 4096 bytes each, the defaults of stream-node-max-entries and -bytes. Approximate trimming removes whole nodes only, so what
 * matters is where they begin. Bytes are those of Redis' listpack encoding of an entry.
 */
const NODE_ENTRIES_MAX = 100;
const NODE_BYTES_MAX = 4096;
/** What approximate trimming removes at most when nobody says LIMIT. */
export const TRIM_LIMIT = 100 * NODE_ENTRIES_MAX;

/** Header and end of a listpack, and the master entry: count, deleted, number of fields, the field names, end mark. */
const NODE_BYTES_EMPTY = 7 + 2 + 2 + 2 + 2;

/** Bytes of a listpack element: a whole number is written as one. */
function elementBytes(text: string): number {
  if (/^(0|-?[1-9]\d{0,18})$/.test(text)) return integerBytes(Number(text));
  const { length } = text;
  const bytes = length + (length < 64 ? 1 : length < 4096 ? 2 : 5);
  return bytes + (bytes < 128 ? 1 : 2);
}

function integerBytes(value: number): number {
  if (value >= 0 && value < 128) return 2;
  const size = value < 0 ? -1 - value : value;
  if (size < 4096) return 3;
  if (size < 32_768) return 4;
  if (size < 8_388_608) return 5;
  return size < 2_147_483_648 ? 6 : 10;
}

/** Appends an entry to the last node, or to a new one when that is full. @param fields names and values in turn */
export function appendToNodes(
  stream: StreamValue,
  entry: Omit<StreamEntry, "fields">,
  fields: readonly string[],
  shown: readonly string[] | null,
): void {
  const raw = fields.reduce((sum, text) => sum + text.length, 0);
  let node = stream.nodes[stream.nodes.length - 1];
  if (node === undefined || node.added >= NODE_ENTRIES_MAX || node.bytes + raw >= NODE_BYTES_MAX) {
    const names = fields.filter((_, i) => i % 2 === 0);
    node = { count: 0, added: 0, bytes: NODE_BYTES_EMPTY + bytesOf(names), first: entry.id, names };
    stream.nodes.push(node);
  }
  node.count++;
  node.added++;
  node.bytes += entryBytes(node, entry.id, fields);
  stream.entries.push({ ...entry, fields: shown });
}

const bytesOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + elementBytes(text), 0);

/** Flags, distance to the node's first id, values, number of elements; names only where they are not the node's. */
function entryBytes({ first, names }: StreamNode, id: StreamId, fields: readonly string[]): number {
  const isSame = fields.length === 2 * names.length && names.every((name, i) => name === fields[2 * i]);
  const values = isSame ? fields.filter((_, i) => i % 2 === 1) : fields;
  const own = 2 + integerBytes(id.ms - first.ms) + integerBytes(id.seq - first.seq) + bytesOf(values) + 2;
  return isSame ? own : own + 2;
}

/** Takes out the entry at an index. @returns its copy */
export function removeFromNodes(stream: StreamValue, index: number): number {
  const copy = stream.entries.remove(index);
  let first = 0;
  for (let i = 0; i < stream.nodes.length; i++) {
    const node = stream.nodes[i] as StreamNode;
    if (index < first + node.count) {
      node.count--;
      if (node.count === 0) stream.nodes.splice(i, 1);
      return copy;
    }
    first += node.count;
  }
  return copy;
}

/** Takes out the first entries. @returns their copies */
export function removeFirst(stream: StreamValue, count: number): number[] {
  let left = count;
  let gone = 0;
  for (; gone < stream.nodes.length; gone++) {
    const node = stream.nodes[gone] as StreamNode;
    if (node.count > left) {
      node.count -= left;
      break;
    }
    left -= node.count;
  }
  stream.nodes.splice(0, gone);
  return stream.entries.removeFirst(count);
}
