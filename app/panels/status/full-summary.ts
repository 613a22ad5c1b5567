import { frames, metric } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { words } from "../../text/index.ts";
import { TOTALS } from "./totals.ts";

/** Nodes named in a summary; more would take minutes to hear. */
const NAMED_MAX = 12;

/** How everything stands, in sentences: the state of the run, the ledger, then queues by their depth and clients by how busy they are. */
export function fullSummary(): string {
  const { t, find, format } = words();
  const { status, time, badges } = useRun.getState();
  const { nodes } = useDocument.getState().scenario;
  const known = (value: number) => (Number.isNaN(value) ? 0 : value);
  // What a lesson hides is not said either.
  const count = (target: string, name: string) =>
    frames.isMasked(target, name) ? "–" : format.count(known(metric(target, name)));
  const totals = Object.fromEntries(TOTALS.map(({ name, metric: of }) => [name, count("system", of)]));
  const said = [
    t("panels.spoken.now", { state: t(`panels.status.state.${status}`), time: format.clock(time) }),
    t("panels.spoken.totals", totals),
  ];
  const deepest = nodes
    .filter(({ kind }) => kind === "queue" || kind === "list")
    .sort((a, b) => known(metric(b.id, "depth")) - known(metric(a.id, "depth")));
  const workers = nodes.filter(({ kind }) => kind === "consumer" || kind === "service");
  for (const { id, name } of deepest.slice(0, NAMED_MAX)) {
    const ready = count(id, "ready");
    said.push(t("panels.spoken.queue", { name, ready, unacked: count(id, "unacked") }));
  }
  for (const { id, name } of workers.slice(0, NAMED_MAX))
    said.push(
      t("panels.spoken.worker", {
        name,
        busy: frames.isMasked(id, "utilisation") ? "–" : format.share(known(metric(id, "utilisation"))),
      }),
    );
  for (const { id, name } of nodes)
    for (const badge of badges[id] ?? [])
      if (badge !== "idle" && badge !== "buffering" && !/^(leader|home)-/.test(badge))
        said.push(t("panels.spoken.trouble", { name, state: find(`canvas.badges.${badge}`) ?? badge }));
  return said.join(" ");
}
