import { create } from "zustand";

/** What the list of events is narrowed to. */
export interface EventFilter {
  /** Node id; "" = any. */
  node: string;
  /** Event kind, or a group of kinds (`group:ends`); "" = any. */
  kind: string;
  /** Every word must stand in the sentence, the kind's name, or be the message's number (`#42`). */
  text: string;
  /** Publish number; 0 = any. */
  message: number;
  /** Why something ended (`maxlen`); "" = any. */
  reason: string;
}

export const NO_FILTER: EventFilter = { node: "", kind: "", text: "", message: 0, reason: "" };

export interface LifeState {
  /** The message that the Messages tab shows; null = none chosen. */
  message: number | null;
  /** It is kept in view and the node it is at is outlined. */
  follows: boolean;
  filter: EventFilter;
  /** The filter's node is the one that is selected. */
  followsSelection: boolean;
  /** Number of the event that the list shall show; 0 = none. */
  event: number;
  /** Node id of the store that somebody looks into; "" = none. */
  peeks: string;
}

/** Which message and which events this person looks at: token, message, event and node lead to each other through it. Belongs to no document and is not kept. */
export const useLife = create<LifeState>()(() => ({
  message: null,
  follows: false,
  filter: NO_FILTER,
  followsSelection: false,
  event: 0,
  peeks: "",
}));
