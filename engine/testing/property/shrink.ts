import { type Difference, type MakeSide, type Move, play, type Script } from "./play.ts";

/** Leaves out moves while the two sides still differ, many at a time, then one by one. @returns a script from which nothing can be left out */
export function shrink(script: Script, makeSide: MakeSide): Script {
  const differs = (moves: readonly Move[]) => play({ ...script, moves }, makeSide).difference !== null;
  let { moves } = script;
  for (let size = Math.ceil(moves.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < moves.length; ) {
      const fewer = [...moves.slice(0, at), ...moves.slice(at + size)];
      if (differs(fewer)) {
        moves = fewer;
        if (size === 1) at = 0;
      } else at += size;
    }
  }
  return { ...script, moves };
}

/** A difference as text: the shortest script that shows it, a step a line. */
export function describe(name: string, script: Script, makeSide: MakeSide): string {
  const { difference } = play(shrink(script, makeSide), makeSide);
  const { performed, what, expected, got } = difference as Difference;
  const steps = performed.map((step) => `  ${JSON.stringify(step)}`).join("\n");
  return `${name}, version ${script.version}: ${what} differs after the last of\n${steps}\nreference: ${expected}\nmodel:     ${got}`;
}
