const compiled = new Map<string, RegExp | null>();
const KEPT_MAX = 1000;
const LENGTH_MAX = 500;
/** Matching n characters can take n^k steps with k of these in a row; names have at most 255 characters. */
const OPEN_REPEATS_MAX = 4;

/**
 * A permission or policy pattern as the broker uses it: found anywhere in the name unless it is anchored.
 * The broker's dialect (PCRE) is wider than JavaScript's, and a pattern from a stranger's link could keep the page busy for hours.
 * @returns null for patterns that JavaScript cannot read or that could take too long; they match nothing
 */
export function compilePattern(pattern: string): RegExp | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  let result: RegExp | null = null;
  if (pattern.length <= LENGTH_MAX && !mayTakeForever(pattern)) {
    try {
      result = new RegExp(pattern);
    } catch {
      result = null;
    }
  }
  if (compiled.size >= KEPT_MAX) compiled.clear();
  compiled.set(pattern, result);
  return result;
}

/** The broker reads an empty permission pattern as "no name at all". */
export const allows = (pattern: string, name: string): boolean =>
  pattern === "" ? name === "" : (compilePattern(pattern)?.test(name) ?? false);

/** Whether backtracking could explode: an open repeat of a group that itself repeats or branches, or many open repeats in one branch. Errs on the safe side. */
function mayTakeForever(pattern: string): boolean {
  /** For each open group: does it hold a repeat or a branch? */
  const groups: boolean[] = [];
  let openRepeats = 0;
  let closed = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    const repeat = c === "*" || c === "+" || c === "{" ? repeatAt(pattern, i) : null;
    if (repeat !== null) {
      if (repeat.open && ++openRepeats > OPEN_REPEATS_MAX) return true;
      if (closed && repeat.many) return true;
      if (groups.length > 0) groups[groups.length - 1] = true;
      i += repeat.length - 1;
      closed = false;
      continue;
    }
    closed = false;
    if (c === "\\") {
      if (pattern[i + 1] !== undefined && "123456789k".includes(pattern[i + 1] as string)) return true;
      i++;
    } else if (c === "[") i = endOfClass(pattern, i);
    else if (c === "(") {
      groups.push(false);
      if (pattern[i + 1] === "?") i++;
    } else if (c === ")") {
      closed = groups.pop() ?? false;
      if (closed && groups.length > 0) groups[groups.length - 1] = true;
    } else if (c === "|") {
      openRepeats = 0;
      if (groups.length > 0) groups[groups.length - 1] = true;
    }
  }
  return false;
}

function repeatAt(pattern: string, at: number): { length: number; open: boolean; many: boolean } | null {
  if (pattern[at] !== "{") return { length: 1, open: true, many: true };
  const found = /^\{(\d+)(,(\d*))?\}/.exec(pattern.slice(at, at + 20));
  if (found === null) return null;
  const open = found[2] !== undefined && found[3] === "";
  return { length: found[0].length, open, many: open || Number(found[3] ?? found[1]) > 1 };
}

function endOfClass(pattern: string, at: number): number {
  for (let i = at + 1; i < pattern.length; i++) {
    if (pattern[i] === "\\") i++;
    else if (pattern[i] === "]" && i > at + 1) return i;
  }
  return pattern.length;
}
