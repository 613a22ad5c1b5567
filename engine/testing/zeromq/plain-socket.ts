import type { PlainEnd } from "./plain-ends.ts";
import { Turns } from "./plain-turns.ts";

/** A socket of the reference. */
export class PlainSocket {
  readonly name: string;
  readonly type: string;
  readonly options: Record<string, number | string>;
  isOpen = true;
  ends: PlainEnd[] = [];
  fair = new Turns();
  out = new Turns();
  /** PAIR. */
  peer: PlainEnd | null = null;
  /** SUB, XSUB: as often as subscribed. */
  prefixes: string[] = [];
  /** XPUB, PUB. */
  wants: { prefix: string; end: PlainEnd }[] = [];
  shown: string[][] = [];
  /** REQ, REP: a reply is awaited, or owed. */
  isBusy = false;
  replyEnd: PlainEnd | null = null;
  envelope: string[] = [];
  /** REP: its next reply goes nowhere. */
  isAstray = false;

  constructor(name: string, type: string, options: Record<string, number | string>) {
    this.name = name;
    this.type = type;
    this.options = options;
  }

  number(option: string): number {
    const fallback = option.endsWith("HWM") ? 1000 : 0;
    return Number(this.options[option] ?? fallback);
  }

  is(...types: readonly string[]): boolean {
    return types.includes(this.type);
  }
}
