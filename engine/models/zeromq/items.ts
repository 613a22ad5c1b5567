import type { ZmqState } from "./state.ts";

/** What the library itself sends through pipes, as numbers below those of messages: a kind and the row of a text. */

export const ROUTING_ID = 0;
export const SUBSCRIBE = 1;
export const CANCEL = 2;
const KINDS = 3;
/** The first of them; above it are NOTHING and DELIMITER. */
const FIRST = -3;

export const control = (m: ZmqState, kind: number, text: string): number => FIRST - (m.number(text) * KINDS + kind);

export const isControl = (item: number): boolean => item <= FIRST;

export const kindOf = (item: number): number => (FIRST - item) % KINDS;

export const isRoutingId = (item: number): boolean => item <= FIRST && (FIRST - item) % KINDS === ROUTING_ID;

export const textOf = (m: ZmqState, item: number): string => m.texts[Math.floor((FIRST - item) / KINDS)] as string;
