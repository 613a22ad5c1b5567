import { command, titleOf } from "../../commands/registry.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import type { Mark } from "./marks.ts";

/** Words for marks; names of nodes and rules are looked up in the document. */
export function useMarkWords(): (mark: Mark) => string {
  const { t } = useText();
  const scenario = useDocument((s) => s.scenario);
  return (mark) => {
    if (mark.kind === "edit") return t("shell.transport.mark.edit");
    if (mark.kind === "alert") {
      const rule = scenario.alerts[mark.alert];
      return t("shell.transport.mark.alert", { name: rule?.name ?? String(mark.alert + 1) });
    }
    const { target } = mark;
    const found = [...scenario.nodes, ...scenario.edges].find(({ id }) => id === target);
    const name = found !== undefined && "name" in found ? found.name : target;
    if (mark.kind === "block") return t("shell.transport.mark.block", { name });
    const known = command(`live.${mark.do}`);
    const operation = known === undefined ? mark.do : t(titleOf(known));
    if (mark.kind === "act") return t("shell.transport.mark.act", { operation, name });
    return t(mark.isEnd ? "shell.transport.mark.plannedEnd" : "shell.transport.mark.planned", { operation, name });
  };
}
