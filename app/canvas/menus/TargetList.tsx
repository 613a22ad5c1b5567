import { useCallback } from "react";
import { judge, kindSpec } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { attemptConnect, boxOf, endConnecting } from "../actions.ts";
import { canvas } from "../control.ts";
import { GRID } from "../geometry.ts";
import { Glyph } from "../nodes/Glyph.tsx";
import { PickList } from "./PickList.tsx";

/** Connecting without a pointer: the nodes that may be reached, and beside the others why not. */
export function TargetList() {
  const { t, find } = useText();
  const tool = useView((s) => s.tool);
  const scenario = useDocument((s) => s.scenario);
  const close = useCallback(() => endConnecting(), []);
  if (tool.name !== "connect" || tool.by !== "keyboard") return null;
  const from = scenario.nodes.find((node) => node.id === tool.from);
  if (!from) return null;
  const box = boxOf(scenario, from);
  const at = canvas()?.toWindow({ x: (box.x + box.w + 1) * GRID, y: box.y * GRID }) ?? { x: 0, y: 0 };
  const choices = scenario.nodes
    .filter((node) => node.id !== from.id && node.kind !== "note" && kindSpec(node.kind)?.container !== true)
    .map((node) => {
      const judgement = judge(scenario, from.id, node.id);
      const reason = judgement.ok
        ? undefined
        : (find(`connection.${judgement.code}`, judgement.facts) ?? judgement.code);
      return {
        id: node.id,
        label: node.name,
        also: `${node.kind} ${find(`kinds.${node.kind}.name`) ?? ""}`,
        icon: <Glyph kind={node.kind} size={16} />,
        reason,
      };
    })
    .sort((a, b) => Number(a.reason !== undefined) - Number(b.reason !== undefined));
  return (
    <PickList
      at={at}
      title={t("canvas.connect.title", { name: from.name })}
      placeholder={t("canvas.connect.search")}
      nothing={t("canvas.connect.nothing")}
      choices={choices}
      onChoose={(id) => {
        endConnecting();
        attemptConnect(from.id, id, at);
        if (useView.getState().selection.edges.length === 0) canvas()?.focus(from.id);
      }}
      onClose={() => {
        close();
        canvas()?.focus(from.id);
      }}
    />
  );
}
