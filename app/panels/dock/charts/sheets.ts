import type { Picture } from "./plot-paths.ts";

/** What is to be seen, and on how many px. */
export interface Sheet {
  picture: Picture;
  width: number;
  height: number;
}

/** Hands the newest sheet to whoever draws it, outside of React: whoever makes it need not render. */
export class Sheets {
  private newest: Sheet | null = null;
  private listener: ((sheet: Sheet | null) => void) | null = null;

  put(sheet: Sheet): void {
    this.newest = sheet;
    this.listener?.(sheet);
  }

  /** @returns the way out */
  listen(listener: (sheet: Sheet | null) => void): () => void {
    this.listener = listener;
    listener(this.newest);
    return () => {
      this.listener = null;
    };
  }
}
