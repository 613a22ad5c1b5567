import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useStoreApi,
} from "@xyflow/react";
import { useEffect, useRef, useState } from "react";
import { fetched } from "../fetched.tsx";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { useText } from "../text/index.ts";
import styles from "./Canvas.module.css";
import { ConnectionLine } from "./ConnectionLine.tsx";
import { DetailsButton } from "./DetailsButton.tsx";
import { edgeTypes } from "./edges/LinkEdge.tsx";
import type { FaceName, FlowNode } from "./flow-model.ts";
import { GRID } from "./geometry.ts";
import { NodeMenu } from "./menus/NodeMenu.tsx";
import { QuickAddList } from "./menus/QuickAddList.tsx";
import { TargetList } from "./menus/TargetList.tsx";
import { nodeTypes } from "./nodes/index.ts";
import { socketTint } from "./socket-tint.ts";
import { useCanvas } from "./state.ts";
import { TokenLayer } from "./tokens/TokenLayer.tsx";
import { FIT, useCanvasControl } from "./use-canvas-control.ts";
import { useFlow } from "./use-flow.ts";
import { useGestures } from "./use-gestures.ts";
import { useWalk } from "./use-walk.ts";
import { ZoomBar } from "./ZoomBar.tsx";

const SNAP: [number, number] = [GRID, GRID];
const MINIMAP_FROM = 25;
const ZOOM = { min: 0.1, max: 4 };

/** Names and keys are ours (see `useWalk`); the library's own words, in one language only, are not wanted. */
const NO_WORDS = {
  "node.a11yDescription.default": "",
  "node.a11yDescription.keyboardDisabled": "",
  "edge.a11yDescription.default": "",
};
const TINTS: Record<FaceName, string> = {
  producer: "producer",
  exchange: "exchange",
  queue: "queue",
  store: "topic",
  socket: "exchange",
  consumer: "consumer",
  frame: "annotate",
  folded: "annotate",
  note: "annotate",
  unknown: "annotate",
};
const tintOf = ({ type, data }: FlowNode): string => {
  if (type === "socket") return socketTint(data.node);
  return data.node.kind === "channel" ? "channel" : TINTS[type ?? "unknown"];
};
const miniColour = (node: FlowNode): string => (node.type === "frame" ? "transparent" : `var(--${tintOf(node)})`);
const miniOutline = (node: FlowNode): string => (node.type === "frame" ? "var(--annotate)" : "transparent");

/** Needs the words and units of figures, which the first picture can do without. */
const HoverCard = fetched(() => import("./HoverCard.tsx"));

const CanvasNotes = fetched(() => import("./menus/CanvasNotes.tsx"));

const GuideLines = fetched(() => import("./GuideLines.tsx"));

const GroupList = fetched(() => import("./menus/GroupList.tsx"));

function Flow({ nodes, edges, onNodesChange, onEdgesChange, resetPositions }: ReturnType<typeof useFlow>) {
  const { t } = useText();
  const store = useStoreApi();
  const [view] = useState(() => {
    const [x, y, zoom] = store.getState().transform;
    return { x, y, zoom };
  });
  const gestures = useGestures(resetPositions);
  useCanvasControl();
  useWalk();
  const readOnly = useDocument((s) => s.readOnly);
  const grid = useView((s) => s.grid);
  const wheel = useView((s) => s.wheel);
  const minimap = useView((s) => s.minimap);
  const detail = useCanvas((s) => s.detail);
  const isConnecting = useCanvas((s) => s.connecting !== null);
  const isDragging = useCanvas((s) => s.guides.length + s.gaps.length > 0);
  const isAsking = useCanvas((s) => s.asking !== null);
  const hasMany = nodes.length > MINIMAP_FROM;
  return (
    <div className={styles.flow} data-detail={detail} data-connecting={isConnecting || undefined} {...gestures.surface}>
      <ReactFlow
        aria-label={t("shell.regions.canvas")}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        connectionLineComponent={ConnectionLine}
        connectOnClick={false}
        connectionRadius={28}
        nodesConnectable={!readOnly}
        nodesDraggable={!readOnly}
        edgesReconnectable={!readOnly}
        reconnectRadius={14}
        disableKeyboardA11y
        ariaLabelConfig={NO_WORDS}
        nodesFocusable={false}
        edgesFocusable={false}
        elevateNodesOnSelect={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode="Shift"
        selectionOnDrag={!gestures.isTouch}
        selectionMode={SelectionMode.Partial}
        panOnDrag={gestures.isTouch ? true : [1]}
        panOnScroll={wheel === "pan"}
        zoomOnScroll={wheel === "zoom"}
        zoomOnDoubleClick={false}
        snapToGrid={!gestures.isFree}
        snapGrid={SNAP}
        nodeDragThreshold={3}
        minZoom={ZOOM.min}
        maxZoom={ZOOM.max}
        defaultViewport={view}
        {...gestures.flow}
      >
        {grid && <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.5} color="var(--ground-dot)" />}
        <TokenLayer />
        {isDragging && <GuideLines />}
        {(minimap ?? hasMany) && (
          <MiniMap
            className={styles.minimap ?? ""}
            position="bottom-right"
            pannable
            zoomable
            ariaLabel={null}
            nodeColor={miniColour}
            nodeStrokeColor={miniOutline}
            nodeStrokeWidth={12}
            maskColor="color-mix(in srgb, var(--ground) 70%, transparent)"
            bgColor="var(--surface)"
          />
        )}
      </ReactFlow>
      <ZoomBar />
      <DetailsButton />
      <QuickAddList />
      <TargetList />
      <CanvasNotes />
      <NodeMenu />
      {isAsking && <GroupList />}
      <HoverCard />
    </div>
  );
}

/** @returns px; null while nobody can see it, as in a page's hidden frame */
const sizeOf = (surface: Element | null) =>
  surface && surface.clientWidth > 0 && surface.clientHeight > 0
    ? { width: surface.clientWidth, height: surface.clientHeight }
    : null;

type Size = NonNullable<ReturnType<typeof sizeOf>>;

/** Nodes, lines and the view on them are known from the first rendering; else the library would draw an empty surface, then measure, and draw everything anew in one go. */
function Drawing({ size: { width, height } }: { size: Size }) {
  const flow = useFlow();
  return (
    <ReactFlowProvider
      initialNodes={flow.nodes}
      initialEdges={flow.edges}
      initialWidth={width}
      initialHeight={height}
      initialMinZoom={ZOOM.min}
      initialMaxZoom={FIT.maxZoom}
      initialFitViewOptions={FIT}
      fitView={flow.nodes.length > 0}
    >
      <Flow {...flow} />
    </ReactFlowProvider>
  );
}

/** The picture: what the document says, drawn; what the run does, written over it. */
export function Canvas() {
  const [size, setSize] = useState(() => sizeOf(document.querySelector("[data-canvas]")));
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => {
      const found = sizeOf(element);
      if (found === null) return;
      watch.disconnect();
      setSize(found);
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return size === null ? <div ref={place} className={styles.flow} /> : <Drawing size={size} />;
}
