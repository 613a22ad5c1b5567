import { fail, type PlainList, type PlainSet, type PlainStream, type PlainValue } from "./plain-objects.ts";

/** Keys of the reference, their times to live, and which of them have become ready in the command under way. */
export class PlainKeys {
  now = 0;
  readonly values = new Map<string, PlainValue>();
  readonly deadlines = new Map<string, number>();
  /** In the order of becoming ready, none twice. */
  ready: string[] = [];
  /** Told of every change of a key. */
  changed: (key: string) => void = () => {};

  signal(key: string): void {
    if (!this.ready.includes(key)) this.ready.push(key);
  }

  put(key: string, value: PlainValue): void {
    this.values.set(key, value);
    this.signal(key);
  }

  remove(key: string): void {
    this.values.delete(key);
    this.deadlines.delete(key);
    this.signal(key);
  }

  private typed(key: string, kind: PlainValue["kind"]): PlainValue | undefined {
    const value = this.values.get(key);
    return value === undefined || value.kind === kind ? value : fail("WRONGTYPE");
  }

  list(key: string): PlainList | undefined {
    return this.typed(key, "list") as PlainList | undefined;
  }

  stream(key: string): PlainStream | undefined {
    return this.typed(key, "stream") as PlainStream | undefined;
  }

  zset(key: string): PlainSet | undefined {
    return this.typed(key, "zset") as PlainSet | undefined;
  }

  /** A list that exists from now on. */
  listFor(key: string): PlainList {
    const known = this.list(key);
    if (known !== undefined) return known;
    const made: PlainList = { kind: "list", items: [] };
    this.put(key, made);
    return made;
  }

  streamFor(key: string): PlainStream {
    const known = this.stream(key);
    if (known !== undefined) return known;
    const made: PlainStream = { kind: "stream", entries: [], last: 0, groups: new Map() };
    this.put(key, made);
    return made;
  }

  /** Lists and sets without anything in them are no keys. */
  tidy(key: string): void {
    const value = this.values.get(key);
    if (value?.kind === "list" && value.items.length === 0) this.remove(key);
    if (value?.kind === "zset" && value.members.length === 0) this.remove(key);
  }

  take(key: string, end: string): string {
    const { items } = this.list(key) as PlainList;
    const taken = end === "LEFT" ? items[0] : items[items.length - 1];
    this.items(key, end === "LEFT" ? items.slice(1) : items.slice(0, -1));
    this.changed(key);
    return taken as string;
  }

  private items(key: string, items: string[]): void {
    (this.list(key) as PlainList).items = items;
    this.tidy(key);
  }

  give(key: string, end: string, item: string): void {
    const list = this.listFor(key);
    list.items = end === "LEFT" ? [item, ...list.items] : [...list.items, item];
    this.changed(key);
  }

  /** What is over its time goes. @returns whether anything did */
  expire(): void {
    for (const [key, at] of [...this.deadlines]) {
      if (at > this.now) continue;
      this.remove(key);
      this.changed(key);
    }
  }
}
