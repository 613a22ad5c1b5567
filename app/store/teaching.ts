import { create } from "zustand";

/** Teacher mode: what a room sees of the page. Nothing of it is kept. */
export interface TeachingState {
  on: boolean;
  /** Values may be seen. */
  revealed: boolean;
}

export const useTeaching = create<TeachingState>()(() => ({ on: false, revealed: false }));

/** A room that still guesses sees no values. */
export const isCurtainDown = ({ on, revealed }: TeachingState): boolean => on && !revealed;
