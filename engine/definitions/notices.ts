import type { Issue } from "../scenario/index.ts";
import type { NoticeCode } from "./codes.ts";

const NOTICES_MAX = 500;

/** Collects what became of things that have no exact place on the other side. */
export class Notices {
  readonly list: Issue[] = [];

  info(code: NoticeCode, path: string, facts: Issue["facts"] = {}, target?: string): void {
    this.add("info", code, path, facts, target);
  }

  warning(code: NoticeCode, path: string, facts: Issue["facts"] = {}, target?: string): void {
    this.add("warning", code, path, facts, target);
  }

  private add(severity: Issue["severity"], code: NoticeCode, path: string, facts: Issue["facts"], target?: string) {
    if (this.list.length >= NOTICES_MAX) return;
    this.list.push({ path, code, facts, severity, ...(target !== undefined && { target }) });
  }
}

/** The first few of many names, for a sentence. */
export function some(names: readonly string[], shown = 5): string {
  const unique = [...new Set(names)];
  return unique.length <= shown ? unique.join(", ") : `${unique.slice(0, shown).join(", ")}, …`;
}
