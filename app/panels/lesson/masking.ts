import { frames } from "../../bridge/index.ts";
import { isCurtainDown, useTeaching } from "../../store/teaching.ts";

type IsMasked = (target: string, name: string) => boolean;

const nothing: IsMasked = () => false;
let byLesson: IsMasked = nothing;

const put = (): void => {
  frames.isMasked = isCurtainDown(useTeaching.getState()) ? () => true : byLesson;
};

/** What the lesson hides now; null = nothing. Faces, charts, outline, cards and exports ask `frames`. */
export function maskByLesson(paths: ReadonlySet<string> | null): void {
  byLesson =
    paths === null || paths.size === 0
      ? nothing
      : (target, name) => {
          const path = `${target}.${name}`;
          // What only grows is named without its ending, and so is its rate.
          return paths.has(path) || paths.has(path.replace(/\.(total|rate)$/, ""));
        };
  put();
}

useTeaching.subscribe(put);
