import { edgeIdentity } from "../scenario/check-references.ts";
import {
  type EdgeKind,
  emptyScenario,
  FreshNames,
  fieldOf,
  idLetter,
  isSame,
  NAME_LENGTH_MAX,
  type NodeKind,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
  type Settings,
  type SettingValue,
} from "../scenario/index.ts";

/** A document in the making. Ids count up by kind, so that a link to it is short. */
export class Drawing {
  readonly nodes: ScenarioNode[] = [];
  readonly edges: ScenarioEdge[] = [];
  private readonly names = new FreshNames(emptyScenario());
  private readonly counts = new Map<string, number>();
  private readonly drawn = new Set<string>();
  private readonly byId = new Map<string, ScenarioNode>();

  /** @param wanted its name, if free; else the `other` one or a number behind it. Control characters and what is too long for a document are left out. */
  name(wanted: string, other?: string): string {
    const plain = displayName(wanted);
    const free = this.names.like(plain);
    return free === plain || other === undefined ? free : this.names.like(displayName(other));
  }

  add(kind: NodeKind, name: string, settings: Settings, more: Partial<ScenarioNode> = {}): ScenarioNode {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const own = withoutDefaults(kind, settings);
    const node: ScenarioNode = {
      id: `${idLetter(kind)}${count}`,
      kind,
      name,
      x: 0,
      y: 0,
      ...more,
      ...(Object.keys(own).length > 0 && { settings: own }),
    };
    this.nodes.push(node);
    this.byId.set(node.id, node);
    return node;
  }

  /** @returns null when the same edge is there already */
  connect(kind: EdgeKind, from: ScenarioNode, to: ScenarioNode, settings: Settings = {}): ScenarioEdge | null {
    const own = withoutDefaults(kind, settings);
    const edge: ScenarioEdge = {
      id: `e${this.edges.length + 1}`,
      kind,
      from: from.id,
      to: to.id,
      ...(Object.keys(own).length > 0 && { settings: own }),
    };
    const identity = edgeIdentity(edge, from);
    if (this.drawn.has(identity)) return null;
    this.drawn.add(identity);
    this.edges.push(edge);
    return edge;
  }

  scenario(title: string): Scenario {
    return { ...emptyScenario(), meta: { title }, nodes: this.nodes, edges: this.edges };
  }

  node(id: string): ScenarioNode {
    return this.byId.get(id) as ScenarioNode;
  }
}

/** Changes one setting of a node that is still being made. */
export function give(node: ScenarioNode, name: string, value: SettingValue): void {
  node.settings = { ...node.settings, [name]: value };
}

/** A name as a document may have it: one line, at most 127 characters. */
export function displayName(name: string): string {
  const line = name.replace(/[\p{Cc}\u2028\u2029]/gu, "·");
  if (line.length <= NAME_LENGTH_MAX) return line === "" ? "·" : line;
  return `${[...line.slice(0, NAME_LENGTH_MAX - 2)].join("")}…`;
}

function withoutDefaults(kind: string, settings: Settings): Settings {
  const kept = Object.entries(settings).filter(([name, value]) => {
    const fallback = fieldOf(kind, name)?.default;
    return fallback === undefined || !isSame(value, fallback);
  });
  return Object.fromEntries(kept);
}
