/**
 * The English table; the keys of the whole page are taken from it. One file per subject in `en/`, default export, and the file's name is the first part of the key:
 * `en/canvas.ts` with `{ empty: { hint: "…" } }` is `canvas.empty.hint`. Plurals end in `_one` and `_other` and are filled with `count`; other fillings are `{{name}}`.
 */
import first from "./en-first.ts";
import rest from "./en-rest.ts";

export default { ...first, ...rest };
