import { noOthers } from "./check-basics.ts";
import { checkValue } from "./check-value.ts";
import { operationSpec, operationsFor } from "./operations.ts";
import { got, type Report } from "./report.ts";
import type { Scenario } from "./types.ts";

/**
 * Whether each entry of the timeline can do what it says. What cannot is reported and does nothing: a script may come from a version that knows more, or lose the part of
 * the drawing that it was about. Arguments out of range are errors, as settings are.
 */
export function checkTimeline(scenario: Scenario, list: Report, known: ReadonlySet<string>): void {
  scenario.timeline.forEach((entry, index) => {
    const report = list.at(index, known.has(entry.target) && entry.target !== "system" ? entry.target : undefined);
    if (!known.has(entry.target)) {
      report.at("target").warning("unknown-target", { id: got(entry.target) });
      return;
    }
    const spec = operationSpec(entry.do);
    if (spec === undefined) {
      report.at("do").warning("unknown-operation", { got: got(entry.do) });
      return;
    }
    if (!operationsFor(scenario, entry.target).includes(spec))
      report.at("do").warning("operation-elsewhere", { got: got(entry.do), id: got(entry.target) });
    if (entry.undoAt !== undefined && !spec.undo) report.at("undoAt").warning("no-undo", { got: got(entry.do) });
    const { args = {} } = entry;
    for (const arg of spec.args) {
      const value = args[arg.name];
      if (value !== undefined) checkValue(arg, value, report.at("args").at(arg.name));
    }
    noOthers(
      args,
      spec.args.map(({ name }) => name),
      report.at("args"),
    );
  });
}
