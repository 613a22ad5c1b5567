import type { PlainSocket } from "./plain-socket.ts";

/** One end of a connection, seen from its socket. */
export class PlainEnd {
  socket: PlainSocket | null;
  other: PlainEnd;
  /** Where its socket has connected to; "" = it was connected to, or has left. */
  endpoint: string;
  /** What can be read here: messages, the other's identity, subscriptions; END last of all. */
  box: Item[] = [];
  readonly isConflating: boolean;
  /** It was found empty, and nothing came since. */
  isDry = false;
  /** The other has written so many, and knows that so many were taken. */
  came = 0;
  taken = 0;
  credited = 0;
  hasNewCredit = false;
  /** How much the other may write without credit; 0 = as much as it likes. */
  limit = 0;
  /** Credit comes back each time that so many were taken; 0 = never. */
  batch = 0;
  /** Given by the other end over inproc: added to the limits. −1 = not yet there. */
  boostIn = -1;
  boostOut = -1;
  /** The other has found the limit reached. */
  wasFull = false;
  /** This socket has closed its end. */
  isShut = false;
  /** The other's END was read, or is of no interest. */
  isGone = false;
  identity = "";

  constructor(socket: PlainSocket | null, endpoint: string, isConflating: boolean) {
    this.socket = socket;
    this.endpoint = endpoint;
    this.isConflating = isConflating;
    this.other = this;
  }

  /** @param most of what comes in @param mostOut of what goes out; over inproc each is raised by what the other end adds */
  setLimits(most: number, mostOut: number): void {
    const sum = (own: number, more: number): number => (own === 0 || more === 0 ? 0 : own + Math.max(more, 0));
    this.batch = Math.ceil(sum(most, this.boostIn) / 2);
    this.other.limit = sum(mostOut, this.boostOut);
  }

  get isFull(): boolean {
    return this.limit > 0 && this.came - this.credited >= this.limit;
  }

  /** Whether the other end's box takes one more. */
  get canWrite(): boolean {
    const { other } = this;
    if (this.isShut || other.isShut || other.wasFull) return false;
    if (!other.isFull) return true;
    other.wasFull = true;
    return false;
  }

  /** Puts something into the other end's box. @returns false when there is no room */
  write(item: Item): boolean {
    if (!this.canWrite) return false;
    const { other } = this;
    if (item.kind !== "identity") other.came++;
    other.put(item.kind === "message" && other.isConflating ? { ...item, frames: item.frames.slice(-1) } : item);
    return true;
  }

  put(item: Item): void {
    if (this.isConflating) this.box = [];
    this.box.push(item);
  }

  read(): Item | undefined {
    const item = this.isShut || this.isGone ? undefined : this.box.splice(0, 1)[0];
    if (item === undefined || item.kind === "end") {
      this.isDry = true;
      if (item !== undefined) this.isGone = true;
      return undefined;
    }
    if (item.kind !== "identity") this.taken++;
    if (this.batch > 0 && this.taken % this.batch === 0) {
      this.credited = this.taken;
      this.hasNewCredit = true;
    }
    return item;
  }

  /** This socket writes and reads no more here. */
  shut(): void {
    if (this.isShut) return;
    this.isShut = true;
    this.box = [];
    this.other.put({ kind: "end" });
  }
}

export type Item =
  | { kind: "message"; frames: string[] }
  | { kind: "identity" | "subscribe" | "cancel"; text: string }
  | { kind: "end" };
