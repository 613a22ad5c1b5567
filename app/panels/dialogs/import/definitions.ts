import type { Issue, Scenario } from "../../../../engine/scenario/index.ts";

/** The part of `engine/definitions` that the dialog uses; loaded when a definitions file is there, not before. */
export interface DefinitionsReader {
  readDefinitions(
    text: string,
  ):
    | { ok: true; file: unknown }
    | { ok: false; code: string; facts: Readonly<Record<string, string | number | boolean>> };
  importDefinitions(file: unknown, options: { vhost?: string; traffic?: boolean }): Imported;
}

export interface VhostSummary {
  name: string;
  queues: number;
  exchanges: number;
  bindings: number;
}

export interface Imported {
  scenario: Scenario;
  notices: Issue[];
  vhosts: VhostSummary[];
}

const PATH = "../../../../engine/definitions/index.ts";
const found = import.meta.glob<DefinitionsReader>("../../../../engine/definitions/index.ts");
const layouts = import.meta.glob<{ autoLayout(scenario: Scenario): Scenario }>("../../../share/auto-layout.ts");

export const loadReader = (): Promise<DefinitionsReader> | undefined => found[PATH]?.();
export const loadLayout = () => layouts["../../../share/auto-layout.ts"]?.();

/** What a document brings, by the words of the counts. */
export function countsOf(scenario: Scenario): { [name: string]: number } {
  const nodes = (kind: string) => scenario.nodes.filter((node) => node.kind === kind).length;
  return {
    exchanges: nodes("exchange"),
    queues: nodes("queue"),
    bindings: scenario.edges.filter((edge) => edge.kind === "binding").length,
    producers: nodes("producer"),
    consumers: nodes("consumer"),
  };
}

export interface NoticeGroup {
  code: string;
  severity: Issue["severity"];
  notices: Issue[];
}

const RANK = { error: 0, warning: 1, info: 2 };

/** Notices of one kind together, the gravest first; a file with a hundred queues says the same thing a hundred times. */
export function groupNotices(notices: readonly Issue[]): NoticeGroup[] {
  const groups = new Map<string, NoticeGroup>();
  for (const notice of notices) {
    const group = groups.get(notice.code);
    if (group) group.notices.push(notice);
    else groups.set(notice.code, { code: notice.code, severity: notice.severity, notices: [notice] });
  }
  return [...groups.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
