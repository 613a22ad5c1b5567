import type { FrameLayout } from "../worker/protocol.ts";
import type { Core } from "./core.ts";
import { Readings } from "./readings.ts";
import type { RunEdge, RunNode, Topology } from "./topology.ts";
import { METRIC_NAMES, metricsFor } from "./vocabulary.ts";

/** Names of a node's metrics in the order of the frame. The same array for nodes without groups. */
const namesOf = ({ kind, groups }: RunNode): string[] =>
  groups.length === 0 ? METRIC_NAMES[kind] : metricsFor(kind, groups).map(({ name }) => name);

/** All metrics of a run in one row of numbers: which stands where, and what they are now. A large drawing can be read in stretches. */
export class Figures {
  readonly readings: Readings;
  private readonly topology: Topology;
  private values: Float64Array = new Float64Array(0);
  private layoutRevision = -1;
  private layoutNow: FrameLayout | null = null;
  /** How many nodes and edges of a reading in stretches are in `values`, and where the next one's figures go. */
  private done = 0;
  private at = 0;

  constructor(core: Core, topology: Topology) {
    this.topology = topology;
    this.readings = new Readings(core, topology);
  }

  /** Which number stands where in `read()`. The same object until the topology changes. */
  layout(): FrameLayout {
    const { topology } = this;
    if (this.layoutNow !== null && this.layoutRevision === topology.revision) return this.layoutNow;
    this.layoutRevision = topology.revision;
    let offset = 0;
    const place = <T extends { id: string }>(item: T, metrics: string[]) => {
      const at = offset;
      offset += metrics.length;
      return { id: item.id, offset: at, metrics };
    };
    const system = place({ id: "system" }, METRIC_NAMES.system);
    // Things that are gone keep their place, so that history stays readable and indices of tokens stay true.
    const nodes = topology.nodes.map((node) => place(node, namesOf(node)));
    const edges = topology.edges.map((edge) => place(edge, METRIC_NAMES.edge));
    this.layoutNow = {
      revision: topology.revision,
      nodes,
      edges,
      system: { offset: system.offset, metrics: system.metrics },
      size: offset,
    };
    return this.layoutNow;
  }

  /** Revisions of the layout come again with other contents when the run takes another way. */
  forgetLayout(): void {
    this.layoutNow = null;
  }

  /** All metrics now, in the layout's order. The array is used again: copy it to keep it. @param whole since the start instead of the last window */
  read(whole: boolean): Float64Array {
    this.begin(whole);
    return this.readSome(Number.POSITIVE_INFINITY, whole) as Float64Array;
  }

  /** Begins to read in stretches. The run must not change until all is read. */
  begin(whole: boolean): void {
    const { size } = this.layout();
    if (this.values.length !== size) this.values = new Float64Array(size);
    this.at = this.readings.system(this.values, 0, whole);
    this.done = 0;
  }

  /** Reads so many nodes and edges more. @returns all metrics, as `read`; null as long as some are left */
  readSome(count: number, whole: boolean): Float64Array | null {
    const { values, readings } = this;
    const { nodes, edges } = this.topology;
    const all = nodes.length + edges.length;
    const end = Math.min(this.done + count, all);
    let { at, done } = this;
    for (; done < end && done < nodes.length; done++) at = readings.node(nodes[done] as RunNode, values, at, whole);
    for (; done < end; done++) at = readings.edge(edges[done - nodes.length] as RunEdge, values, at, whole);
    this.at = at;
    this.done = done;
    return done === all ? values : null;
  }
}
