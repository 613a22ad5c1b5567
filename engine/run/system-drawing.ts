import type { Scenario, ScenarioEdge, ScenarioNode } from "../scenario/types.ts";
import type { ConsumerInstance } from "./consumers.ts";
import type { Host } from "./host.ts";
import type { GaugeTools } from "./readings.ts";
import type { Output, Subscription } from "./session.ts";
import type { RunEdge, RunNode } from "./topology.ts";

/**
 * How the nodes and edges of one system become brokers, and things in them. The topology decides what changed between two documents; this does it, as commands to the
 * system's model at the current virtual time.
 */
export interface SystemDrawing {
  /** Kinds of node that stand in a broker, in the order in which they are declared: each may need the ones before it. */
  readonly stores: readonly string[];
  /** Kind of the frame that is a broker. */
  readonly frame: string;
  /** Of the broker that nobody drew. */
  readonly implicit: string;

  /** Makes a broker. @param frame undefined for the one that nobody drew */
  addHost(id: string, frame: ScenarioNode | undefined): Host;
  /** The frame's settings have changed. */
  configureHost(host: Host, frame: ScenarioNode, before: ScenarioNode | undefined): void;
  /** What cannot change in a running broker: two frames (or none) with equal texts are one broker. */
  identityOf(frame: ScenarioNode | undefined): string;

  /** Makes what the node stands for; `run.place` tells afterwards whether it is there. */
  declare(run: RunNode, node: ScenarioNode): void;
  /** The node's settings, or those of links it depends on, have changed. @param old the document before */
  change(run: RunNode, before: ScenarioNode, node: ScenarioNode, old: Scenario): void;
  /** The node's name in the broker is another. */
  rename(run: RunNode, brokerName: string): void;
  /** Empties it by hand. @returns false where that has no meaning */
  purge(run: RunNode): boolean;
  /** The copies that somebody sees who looks into it, the head first; not there where nobody can. */
  peek?(run: RunNode, most: number): number[];
  /** An operation that only this system has. @returns false when nothing was done */
  operate?(run: RunNode, operation: string, args: Readonly<Record<string, unknown>>): boolean;
  /** States of one of its nodes, beside those that every store has. */
  badges?(run: RunNode): string[];
  /** Deletes it by hand, with all that is in it. @returns false when nobody could */
  deleteByHand?(run: RunNode): boolean;
  /** Makes anew what is gone, with its edges. @returns false when nothing is */
  declareAnew?(run: RunNode, node: ScenarioNode): boolean;
  /** Takes it out of the broker with all that is in it. */
  remove(run: RunNode): void;

  /** Points an output at what its edge ends at: names and ids can change while it stays. */
  aim(output: Output, to: RunNode, edge: ScenarioEdge): void;
  /** An edge between two things of the broker. */
  bind(run: RunEdge, edge: ScenarioEdge, from: RunNode, to: RunNode, nodes: Map<string, ScenarioNode>): void;
  unbind(run: RunEdge, from: RunNode | undefined): void;
  /** The edges of the whole document are in place: what the broker knows by name gets its link. */
  applyLinks(document: Scenario): void;

  /** A consumer instance begins to take from a store, over an edge of the drawing. */
  subscribe(instance: ConsumerInstance, run: RunEdge, store: RunNode, edge: ScenarioEdge): void;
  cancel(subscription: Subscription): void;

  /** Writes the gauges of a store, in the order of the vocabulary. @returns the next free place */
  gauges(run: RunNode, out: Float64Array, at: number, tools: GaugeTools): number;
  /** Writes what it measures of each of `run.groups`, in the order of `GROUP_GAUGES`. */
  groupGauges(run: RunNode, out: Float64Array, at: number): number;
}
