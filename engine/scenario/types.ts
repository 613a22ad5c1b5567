/**
 * The scenario document: what a person draws, as plain JSON. Nodes and edges carry only what differs from the defaults in the schema, so that a document stays short
 * in a link and a better default reaches old documents. Nothing here knows how a run works.
 */
export interface Scenario {
  v: 1;
  meta: ScenarioMeta;
  /** 32-bit unsigned; every random stream of a run derives from it. */
  seed: number;
  nodes: ScenarioNode[];
  edges: ScenarioEdge[];
  /** Scripted operations, in order of time. */
  timeline: TimelineEntry[];
  alerts: AlertRule[];
  lesson?: unknown;
  view?: ScenarioView;
}

/** How a document wants to be looked at; a run does not notice it. */
export interface ScenarioView {
  x?: number;
  y?: number;
  zoom?: number;
  /** Figures that stay in the charts whatever is selected; the target is a node, an edge or `system`. */
  pins?: { target: string; metric: string }[];
  /** Settings with a control under the canvas, as `node.field`. */
  expose?: string[];
}

export interface Text {
  en: string;
  zh: string;
}

export interface ScenarioMeta {
  /** Plain text, or one text per language. */
  title: string | Text;
  about?: string | Text;
  /** Catalogue id, when the document came from the library. */
  id?: string;
  tags?: string[];
}

/** The kinds of node that this version knows. A document may hold others: they stay in it as inert placeholders. */
export type NodeKind =
  | "producer"
  | "consumer"
  | "service"
  | "exchange"
  | "queue"
  | "broker"
  | "list"
  | "stream"
  | "channel"
  | "redis"
  | "socket"
  | "proxy"
  | "topic"
  | "group"
  | "cluster"
  | "rmqTopic"
  | "rmqGroup"
  | "brokerSet"
  | "note"
  | "frame";

/** The message systems that nodes belong to. Clients and annotations belong to none: a client speaks to what it is connected to. */
export type System = "rabbitmq" | "redis" | "zeromq" | "kafka" | "rocketmq";

export interface ScenarioNode {
  /** Unique in the document; letters, digits, `-`, `_`. Never shown when there is a name. */
  id: string;
  kind: NodeKind | (string & {});
  /** Unique in the document, any script. */
  name: string;
  /** Top left corner in grid steps of 16 px; relative to the parent frame when there is one. */
  x: number;
  y: number;
  /** Size of a frame or note in grid steps. */
  w?: number;
  h?: number;
  /** Frame (broker, plain frame) that it stands in. */
  parent?: string;
  locked?: boolean;
  /** Of a frame: drawn as one node, with what stands in it out of sight. A run does not notice it. */
  folded?: boolean;
  settings?: Settings;
}

/**
 * publish: producer or service → exchange, queue (through the default exchange, key = queue name), list, stream, channel or topic. binding: exchange → queue or exchange.
 * consume: queue, list, stream, channel or topic → consumer or service. deadLetter: queue → exchange or queue; stream → stream, done by the clients. alternate: exchange →
 * exchange. pipe: socket or proxy → socket or proxy, from the one that makes messages to the one that works on them.
 */
export type EdgeKind = "publish" | "binding" | "consume" | "deadLetter" | "alternate" | "pipe";

export interface ScenarioEdge {
  id: string;
  kind: EdgeKind | (string & {});
  from: string;
  to: string;
  settings?: Settings;
}

/** Field name → value, as the schema's fields describe. Unknown names are kept and reported. */
export type Settings = { [field: string]: SettingValue };
export type SettingValue = string | number | boolean | null | SettingValue[] | { [key: string]: SettingValue };

export interface TimelineEntry {
  /** Virtual ms. */
  t: number;
  do: string;
  /** Node or edge id. */
  target: string;
  args?: Settings;
  /** Virtual ms at which it is undone. */
  undoAt?: number;
  disabled?: boolean;
}

export interface AlertRule {
  name: string;
  target: string;
  metric: string;
  op: ">" | ">=" | "<" | "<=" | "=";
  threshold: number;
  /** ms */
  for?: number;
  keep?: number;
  severity?: "info" | "warning" | "critical";
  pause?: boolean;
}
