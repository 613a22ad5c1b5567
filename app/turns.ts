/** Real ms after which work is done even though the page has not come to rest. */
const PATIENCE_MS = 1500;

let begin = () => {};
/** The last of the queue; the first waits for the first picture. */
let last: Promise<unknown> = new Promise<void>((done) => {
  begin = done;
});

/** Resolves in a task of its own: what comes before and after it holds the page twice for a moment instead of once for two. */
export const nextTask = (): Promise<void> => new Promise((done) => setTimeout(done));

/** Resolves in a moment in which the page has nothing else to do; Safari does not know such moments, so there it is simply the next. */
const rest = () =>
  new Promise<void>((done) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => done(), { timeout: PATIENCE_MS });
    else setTimeout(done, 20);
  });

/** The first picture stands: what waits for that may begin. */
export const firstPictureStands = (): void => begin();

/**
 * Does what nobody waits for: after the first picture, one after the other, each when the page rests. All at once it would hold the page for as long as a person notices.
 * @returns as `work` does
 */
export function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
  const mine = last.then(rest).then(work);
  // What goes wrong is the affair of whoever asked for it; the next in the queue comes all the same.
  last = mine.catch(() => undefined);
  return mine;
}

/** As `inTurn`, but behind everything that has been put into the queue when its turn comes. */
export async function atLast(work: () => unknown): Promise<void> {
  let seen: Promise<unknown> | undefined;
  while (seen !== last) {
    seen = last;
    await seen;
    await rest();
  }
  work();
}
