/**
 * Redis' patterns: `*` any run of characters, also none and also dots, `?` one character, `[ae]`, `[^e]`, `[a-c]` one of a class, `\` takes the next literally.
 * Case matters. conformance redis/pubsub/pattern-*.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  // Redis does not begin to compare when there is nothing to compare with: not even * fits.
  return text === "" ? pattern === "" : matchFrom(pattern, 0, text, 0);
}

function matchFrom(pattern: string, from: number, text: string, start: number): boolean {
  let p = from;
  let t = start;
  while (p < pattern.length) {
    const c = pattern[p] as string;
    if (c === "*") {
      while (pattern[p + 1] === "*") p++;
      if (p + 1 === pattern.length) return true;
      for (let i = t; i <= text.length; i++) if (matchFrom(pattern, p + 1, text, i)) return true;
      return false;
    }
    if (t >= text.length) return false;
    if (c === "[") {
      const { isIn, next } = matchClass(pattern, p + 1, text[t] as string);
      if (!isIn) return false;
      p = next;
    } else if (c === "?") p++;
    else {
      if (c === "\\" && p + 1 < pattern.length) p++;
      if (pattern[p] !== text[t]) return false;
      p++;
    }
    t++;
  }
  return t === text.length;
}

/** @param from index after the bracket @returns whether the character is in the class, and where the pattern goes on; an unclosed class ends with the pattern */
function matchClass(pattern: string, from: number, c: string): { isIn: boolean; next: number } {
  const isNegated = pattern[from] === "^";
  let p = isNegated ? from + 1 : from;
  let isIn = false;
  for (; p < pattern.length && pattern[p] !== "]"; p++) {
    if (pattern[p] === "\\" && p + 1 < pattern.length) {
      p++;
      if (pattern[p] === c) isIn = true;
    } else if (pattern[p + 1] === "-" && p + 2 < pattern.length) {
      const [a, b] = [pattern[p] as string, pattern[p + 2] as string];
      if (c >= (a < b ? a : b) && c <= (a < b ? b : a)) isIn = true;
      p += 2;
    } else if (pattern[p] === c) isIn = true;
  }
  return { isIn: isIn !== isNegated, next: Math.min(p + 1, pattern.length) };
}
