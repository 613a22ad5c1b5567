import { hashOfText } from "./java-hash.ts";

/** No tag: hash 0, so that only `*` lets it pass. */
export const NO_TAG = -1;

/** Every tag that was ever used: its text and hash once, and a number for the messages. */
export class TagTable {
  texts: string[] = [];
  hashes: number[] = [];
  rows: Map<string, number> = new Map();

  /** @returns the tag's number; the same text has the same number */
  intern(text: string): number {
    const known = this.rows.get(text);
    if (known !== undefined) return known;
    const row = this.texts.length;
    this.texts.push(text);
    this.hashes.push(hashOfText(text));
    this.rows.set(text, row);
    return row;
  }

  text(tag: number): string {
    return tag === NO_TAG ? "" : (this.texts[tag] as string);
  }

  hash(tag: number): number {
    return tag === NO_TAG ? 0 : (this.hashes[tag] as number);
  }
}
