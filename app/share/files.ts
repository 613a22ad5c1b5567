import type { Scenario } from "../../engine/scenario/index.ts";
import { isLink } from "./link-form.ts";

/** What a text that somebody dropped, pasted or chose seems to be. */
export type TextKind = "scenario" | "definitions" | "clip" | "library" | "result" | "link" | "empty" | "unknown";

export const SCENARIO_FILE_ENDING = ".weir.json";

/** Looks at the text's beginning and key names only; whoever reads it then says exactly what is wrong. */
export function sniff(text: string): TextKind {
  const plain = text.replace(/^\uFEFF/, "").trim();
  if (plain === "") return "empty";
  const hash = plain.indexOf("#");
  if (hash >= 0 && plain.length < 20_000 && !plain.includes("\n") && isLink(plain.slice(hash))) return "link";
  if (!plain.startsWith("{")) return plain.startsWith("[") ? "unknown" : guessBroken(plain);
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch {
    return guessBroken(plain);
  }
  const keys = Object.keys(value as object);
  if (keys.includes("weir")) {
    const { weir } = value as { weir: unknown };
    return weir === "library" || weir === "result" ? weir : "clip";
  }
  if (keys.includes("nodes") || (keys.includes("v") && keys.includes("seed"))) return "scenario";
  if (DEFINITION_KEYS.some((key) => keys.includes(key))) return "definitions";
  return keys.length === 0 ? "definitions" : "unknown";
}

const DEFINITION_KEYS = [
  "vhosts",
  "queues",
  "exchanges",
  "bindings",
  "permissions",
  "policies",
  "parameters",
  "users",
  "rabbit_version",
  "rabbitmq_version",
];

/** Text that is no JSON still names what it wanted to be, so that the right reader can point at the broken place. */
function guessBroken(text: string): TextKind {
  if (/"nodes"\s*:/.test(text) && /"edges"\s*:/.test(text)) return "scenario";
  if (/"(queues|exchanges|vhosts|bindings|permissions|rabbit_version)"\s*:/.test(text)) return "definitions";
  return "unknown";
}

/** @param compact one line, for machines; else indented, for people and version control */
export function writeScenario(scenario: Scenario, compact = false): string {
  return `${JSON.stringify(scenario, null, compact ? 0 : 2)}\n`;
}

/** A name for the file that every system accepts, any script. */
export function fileName(title: string, ending: string): string {
  const plain = title
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ")
    .trim()
    .replace(/\s+/g, "-")
    .slice(0, 80);
  return `${plain === "" ? "weir" : plain}${ending}`;
}
