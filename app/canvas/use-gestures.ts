import type { Edge, FinalConnectionState, HandleType, Node, ReactFlowProps } from "@xyflow/react";
import { type HTMLAttributes, type MouseEvent as ReactMouseEvent, useEffect, useMemo, useRef, useState } from "react";
import {
  absolutePosition,
  duplicate,
  kindsBehind,
  mayStandIn,
  moveNodes,
  type Scenario,
} from "../../engine/scenario/index.ts";
import { perform } from "../commands/registry.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import {
  attemptConnect,
  attemptReconnect,
  beginConnecting,
  boxOf,
  endConnecting,
  frameAt,
  isGround,
  refuseFrame,
} from "./actions.ts";
import { canvas } from "./control.ts";
import { drawnNow, drawnOf, membersOf } from "./drawing.ts";
import { type FlowEdge, type FlowNode, flowEdges } from "./flow-model.ts";
import { GRID, type Point } from "./geometry.ts";
import { openMenu } from "./open-menu.ts";
import { useCanvas } from "./state.ts";

const pointOf = (event: MouseEvent | TouchEvent | ReactMouseEvent): Point => {
  const at = "changedTouches" in event ? event.changedTouches[0] : event;
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
};

/** The node under a point, also where its own end for connections is elsewhere. */
const nodeUnder = (at: Point): string | undefined =>
  document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>(".react-flow__node")?.dataset.id;

const isOnCanvas = (at: Point): boolean =>
  document.elementFromPoint(at.x, at.y)?.closest("[data-region=canvas]") !== null;

/** Frames are ground to draw on, not partners. */
const isGroundOf = (scenario: Scenario, id: string): boolean => {
  const node = scenario.nodes.find((one) => one.id === id);
  return node !== undefined && (node.kind === "note" || isGround(node));
};

/** What happens where the hand lets a connection go. */
function letGo(from: string, at: Point): void {
  const scenario = drawnNow();
  const to = nodeUnder(at);
  if (to !== undefined && !isGroundOf(scenario, to)) {
    attemptConnect(from, to, at);
    return;
  }
  const kind = scenario.nodes.find((node) => node.id === from)?.kind;
  const place = canvas()?.toCanvas(at);
  if (kind === undefined || place === undefined || !isOnCanvas(at)) return;
  useCanvas.setState({ quickAdd: { at, place, from, kinds: kindsBehind(kind) } });
}

/** Puts dragged nodes where they were let go; their frame is the one below their middle. */
function drop(dragged: readonly Node[], isFree: boolean, hand: Point): void {
  let refused: { node: string; frame: string } | null = null;
  useDocument.getState().apply((scenario) => {
    const moving = new Set(dragged.map((node) => node.id));
    const origin = (id: string | undefined): Point => {
      const parent = id === undefined ? undefined : scenario.nodes.find((node) => node.id === id);
      return parent ? absolutePosition(scenario, parent) : { x: 0, y: 0 };
    };
    const moves = new Map<string, { x: number; y: number; parent: string | undefined }>();
    for (const { id, position } of dragged) {
      const node = scenario.nodes.find((one) => one.id === id);
      // What stands in a frame that is moved itself comes along.
      if (!node || (node.parent !== undefined && moving.has(node.parent))) continue;
      const at = { x: position.x / GRID + origin(node.parent).x, y: position.y / GRID + origin(node.parent).y };
      const box = { ...boxOf(scenario, node), ...at };
      const below = frameAt(drawnOf(scenario), { x: box.x + box.w / 2, y: box.y + box.h / 2 }, moving);
      // Another system's frame does not take it: it goes back to where it was, and the sentence says why.
      if (below !== undefined && !mayStandIn(scenario, node, below.id)) {
        refused = { node: id, frame: below.id };
        continue;
      }
      const into = origin(below?.id);
      moves.set(id, { x: at.x - into.x, y: at.y - into.y, parent: below?.id });
    }
    const moved = moveNodes(scenario, moves);
    if (!isFree) return moved;
    // Off the grid: whole pixels.
    const nodes = moved.nodes.map((node) => {
      const to = moves.get(node.id);
      return to ? { ...node, x: Math.round(to.x * GRID) / GRID, y: Math.round(to.y * GRID) / GRID } : node;
    });
    return { ...moved, nodes };
  });
  if (refused !== null) refuseFrame(refused, hand);
}

/** Alt-drag: the originals stay, copies appear where the hand let go. */
function dropCopies(dragged: readonly Node[], start: ReadonlyMap<string, Point>): void {
  const first = dragged[0];
  const from = first && start.get(first.id);
  if (!first || !from) return;
  const shift = {
    dx: Math.round((first.position.x - from.x) / GRID),
    dy: Math.round((first.position.y - from.y) / GRID),
  };
  let ids: string[] = [];
  useDocument.getState().apply((scenario) => {
    const copied = duplicate(
      scenario,
      dragged.map((node) => node.id),
      shift,
    );
    ids = copied.ids;
    return copied.scenario;
  });
  useView.getState().select({ nodes: ids });
}

type FlowHandlers = Pick<
  ReactFlowProps<FlowNode, FlowEdge>,
  | "onConnectStart"
  | "onConnectEnd"
  | "onReconnect"
  | "onReconnectEnd"
  | "onReconnectStart"
  | "onNodeClick"
  | "onPaneClick"
  | "onNodeDoubleClick"
  | "onEdgeDoubleClick"
  | "onNodeContextMenu"
  | "onEdgeContextMenu"
  | "onPaneContextMenu"
  | "onNodeDragStart"
  | "onNodeDrag"
  | "onNodeDragStop"
  | "onMoveStart"
>;

interface Gestures {
  flow: FlowHandlers;
  surface: HTMLAttributes<HTMLDivElement>;
  isTouch: boolean;
  /** The grid does not hold while Ctrl or ⌘ is down. */
  isFree: boolean;
}

/** What the hand does on the canvas (product.md §3.1). */
export function useGestures(resetPositions: () => void): Gestures {
  const [isTouch, setTouch] = useState(false);
  const [isFree, setFree] = useState(false);
  const start = useRef<Map<string, Point>>(new Map());
  const isReconnecting = useRef(false);

  useEffect(() => {
    const look = (event: KeyboardEvent) => setFree(event.ctrlKey || event.metaKey);
    const lose = () => setFree(false);
    window.addEventListener("keydown", look);
    window.addEventListener("keyup", look);
    window.addEventListener("blur", lose);
    return () => {
      window.removeEventListener("keydown", look);
      window.removeEventListener("keyup", look);
      window.removeEventListener("blur", lose);
    };
  }, []);

  const flow = useMemo((): FlowHandlers => {
    const menu = (place: "node" | "edge" | "canvas", id: string | null, event: MouseEvent | ReactMouseEvent) => {
      event.preventDefault();
      openMenu(place, id, pointOf(event));
    };
    return {
      onConnectStart: (_, { nodeId, handleType }) => {
        if (nodeId !== null && handleType === "source") beginConnecting(nodeId);
      },
      onConnectEnd: (event, state: FinalConnectionState) => {
        // The library also ends the connection that an edge's end draws while it is moved.
        if (isReconnecting.current) return;
        endConnecting();
        const at = pointOf(event);
        const from = state.fromNode?.id;
        // A press without a drag is a click: the next node completes it.
        if (from === undefined || nodeUnder(at) === from) return;
        letGo(from, at);
      },
      // Without it the library offers no ends to take; what happens is decided where the hand lets go, on the whole node.
      onReconnect: () => undefined,
      onReconnectStart: (_, edge: Edge, handle: HandleType) => {
        isReconnecting.current = true;
        // `handle` is the end that stays.
        if (handle === "source") beginConnecting(edge.source);
      },
      onReconnectEnd: (event, edge: Edge, handle: HandleType) => {
        isReconnecting.current = false;
        endConnecting();
        const at = pointOf(event);
        const node = nodeUnder(at);
        if (node === undefined || isGroundOf(drawnNow(), node)) return;
        attemptReconnect(edge.id, handle === "source" ? { to: node } : { from: node }, at);
      },
      onNodeClick: (event, node) => {
        const { tool } = useView.getState();
        if (tool.name !== "connect" || node.id === tool.from) return;
        endConnecting();
        attemptConnect(tool.from, node.id, pointOf(event));
      },
      onPaneClick: (event) => {
        const { tool } = useView.getState();
        useCanvas.setState({ editing: null });
        if (tool.name !== "connect") return;
        endConnecting();
        letGo(tool.from, pointOf(event));
      },
      onNodeDoubleClick: (_, node) => {
        const { readOnly, scenario } = useDocument.getState();
        if (!readOnly && !scenario.nodes.find(({ id }) => id === node.id)?.locked)
          useCanvas.setState({ editing: { id: node.id, what: "name" } });
      },
      onEdgeDoubleClick: (_, edge) => editLabel(edge.id),
      onNodeContextMenu: (event, node) => menu("node", node.id, event),
      onEdgeContextMenu: (event, edge) => menu("edge", edge.id, event),
      onPaneContextMenu: (event) => menu("canvas", null, event),
      onNodeDragStart: (_, __, nodes) => {
        start.current = new Map(nodes.map((node) => [node.id, { ...node.position }]));
      },
      onNodeDrag: (event, _, nodes) => {
        const scenario = drawnNow();
        const moving = new Set(nodes.map((node) => node.id));
        const first = nodes[0];
        const own = first && scenario.nodes.find((node) => node.id === first.id);
        if (!first || !own || moving.size > 8 || event.altKey) return;
        void import("./guides.ts").then(({ whileDragging }) => {
          // It may have come down before they came.
          if (start.current.size > 0) useCanvas.setState(whileDragging(scenario, own, first.position, moving));
        });
      },
      onNodeDragStop: (event, _, nodes) => {
        useCanvas.setState({ guides: [], gaps: [] });
        if (event.altKey) dropCopies(nodes, start.current);
        else drop(nodes, event.ctrlKey || event.metaKey, pointOf(event));
        start.current = new Map();
        resetPositions();
      },
      onMoveStart: () => {
        const { menu: open, refusal } = useCanvas.getState();
        if (open || refusal) useCanvas.setState({ menu: null, refusal: null });
      },
    };
  }, [resetPositions]);

  const surface = useMemo(
    (): HTMLAttributes<HTMLDivElement> => ({
      onPointerDownCapture: (event) => setTouch(event.pointerType === "touch"),
      onPointerDown: (event) => {
        const target = event.target as Element;
        // A click on the empty canvas gives it the keys.
        if (target.classList.contains("react-flow__pane"))
          target.closest<HTMLElement>("[data-region=canvas]")?.focus({ preventScroll: true });
      },
      onPointerMove: (event) => {
        useCanvas.setState({ pointer: { x: event.clientX, y: event.clientY } });
      },
      onPointerLeave: () => useCanvas.setState({ pointer: null }),
      onClick: (event) => {
        const target = event.target as Element;
        const from = target.closest<HTMLElement>("[data-connect-from]")?.dataset.connectFrom;
        if (from !== undefined && !useDocument.getState().readOnly) {
          useView.getState().setTool({ name: "connect", from, by: "pointer" });
          beginConnecting(from);
        }
        const label = target.closest<HTMLElement>("[data-edge-label]")?.dataset.edgeLabel;
        if (label !== undefined) useView.getState().select({ edges: membersOf(label) });
      },
      onDoubleClick: (event) => {
        const target = event.target as Element;
        const label = target.closest<HTMLElement>("[data-edge-label]")?.dataset.edgeLabel;
        if (label !== undefined) editLabel(label);
        if (!target.classList.contains("react-flow__pane") || useDocument.getState().readOnly) return;
        const at = pointOf(event);
        const place = canvas()?.toCanvas(at);
        if (place) useCanvas.setState({ quickAdd: { at, place } });
      },
    }),
    [],
  );
  return { flow, surface, isTouch, isFree };
}

/** Types on the line where that makes sense; else the inspector shows the link's settings. */
export function editLabel(id: string): void {
  const { scenario, readOnly } = useDocument.getState();
  const edge = scenario.edges.find((one) => one.id === id);
  if (!edge || readOnly) return;
  useView.getState().select({ edges: [id] });
  const [drawn] = flowEdges({ ...scenario, edges: [edge] }, new Map());
  if (drawn?.data?.asks) useCanvas.setState({ editing: { id, what: "label" } });
  else perform("node.settings");
}
