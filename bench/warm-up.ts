/** Until the optimiser has done its work, which takes it some runs and most of a second, a run is up to seven times slower than later. */
const WARM_UP_RUNS = 2;
const WARM_UP_MS = 800;
const WARM_UP_SCALE = 0.1;

/** Plays until speed says something of the code, and not of its compilation. @param play one short run; resolves to the real ms it took */
export async function warmUp(play: (scale: number) => Promise<number>): Promise<void> {
  let spent = 0;
  for (let runs = 0; runs < WARM_UP_RUNS || spent < WARM_UP_MS; runs++) spent += await play(WARM_UP_SCALE);
}
