import { importTopics, looksLikeTopics } from "../../../../engine/definitions/topics.ts";
import {
  type Clip,
  clampToRange,
  type Issue,
  readClip,
  readScenario,
  type Scenario,
} from "../../../../engine/scenario/index.ts";
import { sniff } from "../../../share/files.ts";
import { decodeLink, type LinkFault } from "../../../share/link.ts";
import type { LinkVisit } from "../../../share/link-visit.ts";
import { countAll } from "../../../share/whole-library.ts";

/** What a text turned out to be. */
export type Source =
  | {
      kind: "scenario" | "link" | "topics";
      scenario: Scenario;
      issues: Issue[];
      newer: boolean;
      /** How a link wants to be opened; absent when as usual. */
      visit?: LinkVisit;
    }
  | { kind: "clip"; clip: Clip; issues: Issue[] }
  | { kind: "definitions" | "result"; text: string }
  | { kind: "library"; text: string; count: number }
  | { kind: "badLink"; code: LinkFault; facts: { [name: string]: string | number } }
  /** `newer`: asking again with `acceptNewer` opens what can be understood. */
  | { kind: "refused"; issues: Issue[]; newer: boolean }
  | { kind: "unknown" | "empty" };

/** Looks at a text from outside and reads it as what it is. Never throws. @param acceptNewer take a newer version's document as far as it is understood */
export function readSource(text: string, acceptNewer = false): Source {
  switch (sniff(text)) {
    case "scenario":
      return fromScenario(text, acceptNewer);
    case "link": {
      const decoded = decodeLink(text.trim());
      if (!decoded.ok) return { kind: "badLink", code: decoded.code, facts: decoded.facts };
      const { scenario, issues, visit } = decoded;
      return { kind: "link", ...inRange(scenario, issues), newer: false, ...(visit && { visit }) };
    }
    case "clip": {
      const { clip, issues } = readClip(text);
      return clip === null ? { kind: "refused", issues, newer: false } : { kind: "clip", clip, issues };
    }
    case "definitions":
      return { kind: "definitions", text };
    case "result":
      return { kind: "result", text };
    case "library": {
      const count = countAll(text);
      return count === null ? { kind: "unknown" } : { kind: "library", text, count };
    }
    case "empty":
      return { kind: "empty" };
    default: {
      if (!looksLikeTopics(text)) return { kind: "unknown" };
      const { scenario, notices } = importTopics(text);
      return { kind: "topics", scenario, issues: notices, newer: false };
    }
  }
}

function fromScenario(text: string, acceptNewer: boolean): Source {
  const { scenario, issues } = readScenario(text, { acceptNewer });
  const newer = issues.some((issue) => issue.code === "newer-version");
  if (scenario === null) return { kind: "refused", issues, newer };
  return { kind: "scenario", ...inRange(scenario, issues), newer };
}

/** Numbers out of range become the nearest that is allowed, and each is named (product.md §11). */
function inRange(scenario: Scenario, issues: Issue[]): { scenario: Scenario; issues: Issue[] } {
  const clamped = clampToRange(scenario);
  const mended = new Set(clamped.issues.map(({ path }) => path));
  const rest = issues.filter(({ code, path }) => code !== "out-of-range" || !mended.has(path));
  return { scenario: clamped.scenario, issues: [...clamped.issues, ...rest] };
}
