import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from "@xyflow/react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Scenario } from "../../engine/scenario/index.ts";
import { isStill } from "../panels/shell/appearance.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { membersOf, useDrawn } from "./drawing.ts";
import { type FlowEdge, type FlowNode, flowEdges, flowNodes } from "./flow-model.ts";
import { GRID } from "./geometry.ts";
import { useCanvas } from "./state.ts";
import { shownNow } from "./use-shown.ts";

const GLIDE_MS = 250;
let glides = false;

/** The next change of the document moves nodes gently instead of at once. */
export const glideNext = (): void => {
  glides = !isStill();
};

const byId = <T extends { id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]));

const nodesOf = (drawn: Scenario, before: ReadonlyMap<string, FlowNode>): FlowNode[] => {
  const nodes = flowNodes(drawn, before);
  return useCanvas.getState().folding?.dressNodes(nodes, shownNow()) ?? nodes;
};
const edgesOf = (drawn: Scenario, before: ReadonlyMap<string, FlowEdge>): FlowEdge[] => {
  const edges = flowEdges(drawn, before);
  return useCanvas.getState().folding?.dressEdges(edges, shownNow()) ?? edges;
};

/** The flow library's copy of the document: it follows the document, and holds only what a drag has moved and not yet let go. */
export function useFlow() {
  const scenario = useDrawn();
  const selection = useView((s) => s.selection);
  const [nodes, setNodes] = useState<FlowNode[]>(() => nodesOf(scenario, new Map()));
  const [edges, setEdges] = useState<FlowEdge[]>(() => edgesOf(scenario, new Map()));
  const gliding = useRef(0);
  const drawn = useRef(scenario);

  useLayoutEffect(() => {
    // The first picture is what the state begins with.
    if (drawn.current === scenario) return;
    drawn.current = scenario;
    const isGliding = glides;
    glides = false;
    cancelAnimationFrame(gliding.current);
    setEdges((before) => edgesOf(scenario, byId(before)));
    if (!isGliding) {
      setNodes((before) => nodesOf(scenario, byId(before)));
      return;
    }
    setNodes((before) => {
      const old = byId(before);
      const after = nodesOf(scenario, old);
      const start = performance.now();
      const step = (now: number) => {
        const share = Math.min(1, (now - start) / GLIDE_MS);
        const eased = 1 - (1 - share) ** 3;
        setNodes((current) => {
          const newest = byId(current);
          return after.map((node) => {
            const from = old.get(node.id);
            const kept = newest.get(node.id) ?? node;
            if (!from || from.parentId !== node.parentId) return { ...kept, ...node };
            const position = {
              x: from.position.x + (node.position.x - from.position.x) * eased,
              y: from.position.y + (node.position.y - from.position.y) * eased,
            };
            return { ...node, selected: kept.selected, position } as FlowNode;
          });
        });
        if (share < 1) gliding.current = requestAnimationFrame(step);
      };
      gliding.current = requestAnimationFrame(step);
      return after.map((node) => {
        const from = old.get(node.id);
        return from && from.parentId === node.parentId ? { ...node, position: from.position } : node;
      });
    });
  }, [scenario]);
  useEffect(() => () => cancelAnimationFrame(gliding.current), []);

  // What is chosen lives in the view store, because the inspector, the menus and the keys read it too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: nodes that have just been added are to be marked as well
  useLayoutEffect(() => {
    const [chosenNodes, chosenEdges] = [new Set(selection.nodes), new Set(selection.edges)];
    const mark = <T extends { id: string; selected?: boolean | undefined }>(items: T[], chosen: Set<string>): T[] => {
      const isOther = ({ id, selected }: T) => (selected ?? false) !== chosen.has(membersOf(id)[0] as string);
      return items.some(isOther)
        ? items.map((item) => (isOther(item) ? { ...item, selected: !item.selected } : item))
        : items;
    };
    setNodes((before) => mark(before, chosenNodes));
    setEdges((before) => mark(before, chosenEdges));
  }, [selection, scenario]);

  const onNodesChange = useCallback((changes: NodeChange<FlowNode>[]) => {
    choose("nodes", changes);
    const others = changes.filter((change) => change.type === "position" || change.type === "dimensions");
    if (others.length > 0) setNodes((before) => applyNodeChanges(others, before));
  }, []);
  const onEdgesChange = useCallback((changes: EdgeChange<FlowEdge>[]) => {
    choose("edges", changes);
    const others = changes.filter((change) => change.type !== "select" && change.type !== "remove");
    if (others.length > 0) setEdges((before) => applyEdgeChanges(others, before));
  }, []);

  /** Back to where the document says they are: after a drag that changed nothing, or was given up. */
  const resetPositions = useCallback(() => {
    const now = byId(useDocument.getState().scenario.nodes);
    setNodes((before) =>
      before.map((node) => {
        const own = now.get(node.id);
        if (!own || (node.position.x === own.x * GRID && node.position.y === own.y * GRID)) return node;
        return { ...node, position: { x: own.x * GRID, y: own.y * GRID }, dragging: false };
      }),
    );
  }, []);

  return { nodes, edges, onNodesChange, onEdgesChange, resetPositions };
}

function choose(what: "nodes" | "edges", changes: readonly { type: string; id?: string; selected?: boolean }[]): void {
  const selects = changes.filter((change) => change.type === "select");
  if (selects.length === 0) return;
  const { selection, select } = useView.getState();
  const chosen = new Set(selection[what]);
  for (const { id: drawn = "", selected } of selects)
    for (const id of membersOf(drawn)) {
      if (selected) chosen.add(id);
      else chosen.delete(id);
    }
  select({ ...selection, [what]: [...chosen] });
}
