import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import type { Mark } from "./marks.ts";

/** Words for marks; names of nodes and rules are looked up in the document. */
export function useMarkWords(): (mark: Mark) => string {
  const { t, find } = useText();
  const scenario = useDocument((s) => s.scenario);
  return (mark) => {
    if (mark.kind === "edit") return t("shell.transport.mark.edit");
    if (mark.kind === "alert") {
      const rule = scenario.alerts[mark.alert];
      return t("shell.transport.mark.alert", { name: rule?.name ?? String(mark.alert + 1) });
    }
    const { target } = mark;
    const nameOf = (id: string) => scenario.nodes.find((node) => node.id === id)?.name ?? id;
    const edge = scenario.edges.find(({ id }) => id === target);
    const part = edge === undefined ? nameOf(target) : `${nameOf(edge.from)} → ${nameOf(edge.to)}`;
    const name = target === "system" ? (find("panels.dock.timeline.network") ?? target) : part;
    if (mark.kind === "block") return t("shell.transport.mark.block", { name });
    const operation = find(`operations.do.${mark.do}`) ?? mark.do;
    if (mark.kind === "act") return t("shell.transport.mark.act", { operation, name });
    return t(mark.isEnd ? "shell.transport.mark.plannedEnd" : "shell.transport.mark.planned", { operation, name });
  };
}
