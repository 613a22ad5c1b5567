import { murmur2, utf8 } from "./murmur2.ts";

/** No key: not the same as an empty one. */
export const NO_KEY = -1;

/** Every key that was ever used: its text, bytes and hash once, and a number for the records. */
export class KeyTable {
  texts: string[] = [];
  hashes: number[] = [];
  bytes: number[] = [];
  private readonly rows = new Map<string, number>();

  /** @returns the key's number; the same text has the same number */
  intern(text: string): number {
    const known = this.rows.get(text);
    if (known !== undefined) return known;
    const row = this.texts.length;
    const bytes = utf8(text);
    this.texts.push(text);
    this.bytes.push(bytes.length);
    this.hashes.push(murmur2(bytes));
    this.rows.set(text, row);
    return row;
  }

  text(key: number): string | null {
    return key === NO_KEY ? null : (this.texts[key] as string);
  }

  hash(key: number): number {
    return this.hashes[key] as number;
  }

  /** Length in bytes, −1 for no key. */
  length(key: number): number {
    return key === NO_KEY ? -1 : (this.bytes[key] as number);
  }
}
