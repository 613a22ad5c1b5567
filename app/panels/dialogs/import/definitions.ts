import type { Issue, Scenario } from "../../../../engine/scenario/index.ts";

/** Everything that reads definitions, loaded when a definitions file is there, not before. */
export const loadReader = () => import("../../../../engine/definitions/index.ts");
export type DefinitionsReader = Awaited<ReturnType<typeof loadReader>>;

/** Gives every node a place: what was read from definitions has none. */
export async function laidOut(scenario: Scenario): Promise<Scenario> {
  const { autoLayout } = await import("../../../share/auto-layout.ts");
  return autoLayout(scenario);
}

/** A document is called after its file. */
export const titleFrom = (fileName: string): string => fileName.replace(/\.[a-z0-9]+$/i, "").slice(0, 127);

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
