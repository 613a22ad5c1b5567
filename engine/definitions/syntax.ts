import { jsonFault } from "../scenario/index.ts";
import type { FaultCode } from "./codes.ts";

export interface SyntaxFault {
  code: FaultCode;
  facts: { line: number; column: number; text: string };
}

/** What a template engine, a shell or an installer was to fill in. */
const PLACEHOLDER = /\{\{[^{}\n]{1,80}\}\}|\$\{[^{}\n]{1,80}\}|<%[^%\n]{1,80}%>|__[A-Z][A-Z0-9_]*__|%[A-Z][A-Z0-9_]*%/;

export const findPlaceholder = (text: string): string | null => PLACEHOLDER.exec(text)?.[0] ?? null;

/**
 * Why a text that ought to be definitions is no JSON, as far as the usual causes go: files written by hand have comments, commas too many or too few, and gaps that a
 * template was to fill. Lines and columns count from 1.
 * @returns null when the text is JSON
 */
export function syntaxFault(text: string): SyntaxFault | null {
  const fault = jsonFault(text);
  if (fault === null) return null;
  const starts = lineStarts(text);
  const at = (starts[fault.line - 1] ?? 0) + fault.column - 1;
  const named = (code: FaultCode, offset: number, length = 20): SyntaxFault => {
    const line = lineOf(starts, offset);
    const column = offset - (starts[line] as number) + 1;
    return { code, facts: { line: line + 1, column, text: excerpt(text, offset, length) } };
  };
  const rest = text.slice(at, at + 200);
  if (/^(\/\/|\/\*|#)/.test(rest)) return named("comment", at);
  // `{{ name }}` fails at its second bracket, `"${NAME` at none of its own: look a little before the place too.
  for (const from of [at - 1, at]) {
    const found = PLACEHOLDER.exec(text.slice(Math.max(0, from), from + 100));
    if (found?.index === 0) return named("placeholder-unquoted", Math.max(0, from), found[0].length);
  }
  const before = lastSolid(text, at - 1);
  if (/^[}\]]/.test(rest) && text[before] === ",") return named("trailing-comma", before);
  if (fault.endsEarly) return named("cut-off", Math.max(0, text.length - 1));
  if (/^["{[\-0-9tfn]/.test(rest) && /["}\]0-9el]/.test(text[before] ?? "") && isBetweenValues(text, before))
    return named("missing-comma", before);
  // `nul` fails at its end; the word as a whole is what is wrong.
  let word = at;
  while (word > 0 && /[a-z]/i.test(text[word - 1] as string)) word--;
  return named("no-json", word);
}

/** Whether a value has just ended there, so that a comma is what is wanted: not after `{ "a"`. */
const isBetweenValues = (text: string, before: number): boolean => {
  if (text[before] === "}" || text[before] === "]") return true;
  const line = text.slice(Math.max(0, text.lastIndexOf("\n", before)), before + 1);
  return /[:,[]\s*("[^"\n]*"|[-\w.+]+)$/.test(line);
};

function lastSolid(text: string, from: number): number {
  let at = from;
  while (at >= 0 && /\s/.test(text[at] as string)) at--;
  return at;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What stands there, on one line. */
function excerpt(text: string, at: number, length: number): string {
  const piece = text.slice(at, at + Math.max(1, length)).split("\n")[0] ?? "";
  return piece.trim() === "" ? (text[at] ?? "").trim() : piece.trim();
}
