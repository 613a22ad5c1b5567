import type { ScenarioEdge, ScenarioNode, SettingValue, Text, TimelineEntry } from "../scenario/types.ts";

/** A lesson on a drawing: data only, part of the scenario's document (product.md §9.1). What it says is plain text with the few marks of `markup.ts`. */
export interface Lesson {
  v: 1;
  id: string;
  title: Text;
  level: "intro" | "core" | "deep";
  /** About how long it takes. */
  minutes: number;
  steps: Step[];
  lock?: Lock;
  /** Kinds of node that may be added; without it all, unless the lock says otherwise. */
  palette?: string[];
  /** `values:node.field` or `values:node.metric`: not shown anywhere while the lesson runs. */
  hide?: string[];
  /** Settings with a control under the canvas: `node.field`. */
  expose?: string[];
  /** The lesson is handed out as work; it stands in assignment links only. */
  assignment?: Assignment;
}

/** What work that is handed out asks beyond the lesson's own lock (product.md §9.3). It deters; whoever takes the link apart gets round it. */
export interface Assignment {
  /** Nothing is pasted into the drawing. */
  noPaste?: boolean;
  /** No file is opened while it is worked on. */
  noImport?: boolean;
  /** Solutions are not shown, and the link does not carry them. */
  noSolution?: boolean;
  /** Nothing is done to running parts by hand: no purging, no stopping. */
  noLive?: boolean;
  /** `name`: the runs of each person have a seed of their own, made of the name they give. Without it all have the drawing's. */
  seed?: "name";
}

/** What a person may change while the lesson runs. */
export interface Lock {
  default: "locked" | "open";
  /** While locked: `node` (all of it), `node.field`, `edges` (connect at will), `timeline`, `alerts`, `seed`. */
  allow?: string[];
  /** While open: the same words, for what is locked nevertheless. */
  deny?: string[];
  /** So many nodes at the most. */
  maxNodes?: number;
}

interface StepBase {
  title?: Text;
  /** Ids of nodes and edges that are outlined. */
  highlight?: string[];
  /** What is brought into view: everything, or these nodes. */
  camera?: "fit" | string[];
  /** `node.field` → value, put in place as the step begins; null = the default. */
  set?: { [path: string]: SettingValue };
  /** Figures of the run that the texts name as `{{name}}`. */
  facts?: { [name: string]: Reading };
}

export interface TextStep extends StepBase {
  type: "text";
  body: Text;
}

/** A guess before the run shows it. */
export interface PredictStep extends StepBase {
  type: "predict";
  ask: Text;
  kind: "choice" | "number" | "graph";
  /** Of a choice. The option that the measured figure lies in is the outcome; without `answerFrom`, the one that is `right`. */
  options?: PredictOption[];
  /** Where the outcome comes from, once the next run has stopped. */
  answerFrom?: Reading;
  /** How far from the outcome a number still is close, as a share of it; of a graph, the mean distance as a share of the highest value. */
  tolerance?: number;
  /** Of a graph: the axis goes from 0 to here, in the figure's unit. Its stretch of time is `answerFrom`'s. */
  top?: number;
  /** What the number counts: `messages`, `s`. */
  unit?: Text;
}

export interface PredictOption {
  text: Text;
  /** The outcome lies in [min, max). */
  min?: number;
  max?: number;
  right?: boolean;
}

/** The run goes on to a time, or until a condition holds. */
export interface RunStep extends StepBase {
  type: "run";
  body?: Text;
  /** Virtual ms. */
  until: { t: number };
  orWhen?: Condition;
  speed?: number;
}

export interface ObserveStep extends StepBase {
  type: "observe";
  body: Text;
  /** `chart:node.metric`: that node's charts are opened. */
  reveal?: string[];
}

/** Something to achieve; the checks say when it is. */
export interface DoStep extends StepBase {
  type: "do";
  goal: Text;
  check: Condition[];
  /** The run that is judged goes to here, virtual ms; without it to the latest time that a check names, or 60 s. */
  until?: { t: number };
  speed?: number;
  hints: Text[];
  solution: Change;
  why?: Text;
}

export interface QuizStep extends StepBase {
  type: "quiz";
  kind: "single" | "multi" | "number" | "order" | "text";
  ask: Text;
  /** single, multi: any that are right say so. order: in the right order. */
  options?: { text: Text; right?: boolean }[];
  /** number */
  answer?: number;
  tolerance?: number;
  /** text: what is taken, whatever its capitals, in either language. */
  accept?: string[];
  why: Text;
}

export type Step = TextStep | PredictStep | RunStep | ObserveStep | DoStep | QuizStep;
export type StepType = Step["type"];

/** What becomes of a drawing: settings, new parts, parts that go. */
export interface Change {
  set?: { [path: string]: SettingValue };
  add?: { nodes?: ScenarioNode[]; edges?: ScenarioEdge[] };
  remove?: string[];
  timeline?: TimelineEntry[];
}

export const AGGREGATES = ["last", "max", "min", "mean", "p95", "increase"] as const;
export type Aggregate = (typeof AGGREGATES)[number];
export const OPERATORS = [">", ">=", "<", "<=", "=", "!="] as const;
export type Operator = (typeof OPERATORS)[number];

/** A figure of the run as one number. Times in ms, rates per s, shares 0 … 1, as alerts and reports have them. */
export interface Reading {
  /** `node.metric`, `edge.metric` or `system.metric` (product.md §5). */
  metric: string;
  /** Without it: last. */
  agg?: Aggregate;
  /** Over 0 … at, virtual ms: the run must have come so far. */
  at?: number;
  /** Over this stretch, virtual ms; one number = from the start. */
  within?: number | [from: number, to: number];
}

export interface MetricCheck extends Reading {
  op: Operator;
  /** A number, or another figure of the same stretch (`node.metric`) to compare with. */
  value: number | string;
  /** For `=`: how far apart still is equal, as a share of the value. */
  tolerance?: number;
  /** Has been so without a break for the newest so many virtual ms. Excludes agg, at and within. */
  for?: number;
}

/** A setting, as it stands in the document or by default. */
export interface ConfigCheck {
  config: string;
  op: Operator;
  value: SettingValue;
}

/** What is drawn: so many nodes of a kind, or a way from one node to another along the connections. */
export type StructureCheck =
  | { structure: "count"; kind: string; op: Operator; value: number }
  | { structure: "path"; from: string; to: string; op: "=" | "!="; value: boolean };

export type Check = MetricCheck | ConfigCheck | StructureCheck;
/** A check, or several of which one is enough. */
export type Condition = Check | { any: Condition[] };
