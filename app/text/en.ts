/**
 * The English table; the keys of the whole page are taken from it. One file per subject in `en/`, default export, and the file's name is the first part of the key:
 * `en/canvas.ts` with `{ empty: { hint: "…" } }` is `canvas.empty.hint`. Plurals end in `_one` and `_other` and are filled with `count`; other fillings are `{{name}}`.
 */
import canvas from "./en/canvas.ts";
import commands from "./en/commands.ts";
import connection from "./en/connection.ts";
import definitions from "./en/definitions.ts";
import dialogs from "./en/dialogs.ts";
import events from "./en/events.ts";
import fields from "./en/fields.ts";
import issues from "./en/issues.ts";
import kinds from "./en/kinds.ts";
import metrics from "./en/metrics.ts";
import panels from "./en/panels.ts";
import problems from "./en/problems.ts";
import share from "./en/share.ts";
import shell from "./en/shell.ts";
import welcome from "./en/welcome.ts";

export default {
  canvas,
  commands,
  connection,
  definitions,
  dialogs,
  events,
  fields,
  issues,
  kinds,
  metrics,
  panels,
  problems,
  share,
  shell,
  welcome,
} as const;
