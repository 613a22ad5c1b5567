import { frames } from "../../bridge/index.ts";
import { wake } from "../../canvas/live.ts";
import { isCurtainDown, useTeaching } from "../../store/teaching.ts";
import { tickAll } from "../status/use-tick.ts";

const ENDING = /\.(total|rate|mean|max|p\d+)$/;

/** Of a queue, either tells the other. */
const PARTNERS: Readonly<Record<string, readonly string[]>> = { depth: ["ready"], ready: ["depth"] };

type IsMasked = (target: string, name: string) => boolean;

const nothing: IsMasked = () => false;
let byLesson: IsMasked = nothing;

const put = (): void => {
  frames.isMasked = isCurtainDown(useTeaching.getState()) ? () => true : byLesson;
  // What stands still shows it too.
  wake();
  tickAll();
};

/** What the lesson hides now; null = nothing. Faces, charts, outline, cards and exports ask `frames`. */
export function maskByLesson(paths: ReadonlySet<string> | null): void {
  byLesson =
    paths === null || paths.size === 0
      ? nothing
      : (target, name) => {
          // A figure is hidden with its rate, its mean and its percentiles; what waits, with what waits or is held.
          const base = name.replace(ENDING, "");
          return [name, base, ...(PARTNERS[base] ?? [])].some((one) => paths.has(`${target}.${one}`));
        };
  put();
}

useTeaching.subscribe(put);
