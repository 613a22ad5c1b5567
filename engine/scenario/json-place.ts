/** Where a text stops being JSON. Lines and columns count from 1, columns in UTF-16 units. */
export interface JsonFault {
  line: number;
  column: number;
  /** Everything there is right, but there should be more. */
  endsEarly: boolean;
}

type Wanted = "value" | "value-or-end" | "name" | "name-or-end" | "colon" | "comma-or-end" | "nothing";

const LITERALS = ["true", "false", "null"];
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * The first place at which a text cannot be JSON. The platform's own parser says it in words that differ between browsers and in English only.
 * A loop with its own stack: a text of nothing but brackets must not exhaust ours.
 * @returns null when the text is JSON
 */
export function jsonFault(text: string): JsonFault | null {
  const open: string[] = [];
  let wanted: Wanted = "value";
  let at = 0;
  const done = (): Wanted => (open.length === 0 ? "nothing" : "comma-or-end");
  while (true) {
    at = skipSpace(text, at);
    const c = text[at];
    if (c === undefined) return wanted === "nothing" ? null : place(text, text.length, true);
    if (
      (c === "}" || c === "]") &&
      (wanted === "comma-or-end" || wanted === "value-or-end" || wanted === "name-or-end")
    ) {
      if (open.pop() !== (c === "}" ? "{" : "[")) return place(text, at, false);
      wanted = done();
      at++;
    } else if (wanted === "comma-or-end" && c === ",") {
      wanted = open[open.length - 1] === "{" ? "name" : "value";
      at++;
    } else if (wanted === "colon" && c === ":") {
      wanted = "value";
      at++;
    } else if ((wanted === "name" || wanted === "name-or-end") && c === '"') {
      const end = endOfString(text, at);
      if (!end.ok) return place(text, end.at, end.at >= text.length);
      at = end.at;
      wanted = "colon";
    } else if (wanted === "value" || wanted === "value-or-end") {
      if (c === "{" || c === "[") {
        open.push(c);
        wanted = c === "{" ? "name-or-end" : "value-or-end";
        at++;
        continue;
      }
      const end = endOfScalar(text, at);
      if (!end.ok) return place(text, end.at, end.at >= text.length);
      at = end.at;
      wanted = done();
    } else return place(text, at, false);
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at++;
  return at;
}

interface End {
  ok: boolean;
  /** First character after it, or the one that is wrong. */
  at: number;
}

function endOfScalar(text: string, at: number): End {
  if (text[at] === '"') return endOfString(text, at);
  const literal = LITERALS.find((word) => word[0] === text[at]);
  if (literal !== undefined) {
    for (let i = 0; i < literal.length; i++) if (text[at + i] !== literal[i]) return { ok: false, at: at + i };
    return { ok: true, at: at + literal.length };
  }
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? { ok: true, at: NUMBER.lastIndex } : { ok: false, at };
}

function endOfString(text: string, from: number): End {
  for (let at = from + 1; at < text.length; at++) {
    const c = text[at] as string;
    if (c === '"') return { ok: true, at: at + 1 };
    if (c < " ") return { ok: false, at };
    if (c !== "\\") continue;
    at++;
    const escaped = text[at];
    if (escaped === undefined) break;
    if (escaped === "u") {
      for (let digit = 1; digit <= 4; digit++)
        if (!/[0-9a-fA-F]/.test(text[at + digit] ?? "")) return { ok: false, at: at + digit };
      at += 4;
    } else if (!'"\\/bfnrt'.includes(escaped)) return { ok: false, at };
  }
  return { ok: false, at: text.length };
}

function place(text: string, at: number, endsEarly: boolean): JsonFault {
  let line = 1;
  let start = 0;
  for (let i = text.indexOf("\n"); i >= 0 && i < at; i = text.indexOf("\n", i + 1)) {
    line++;
    start = i + 1;
  }
  return { line, column: at - start + 1, endsEarly };
}
