/** Whether a topic pattern (`*` one word, `#` any number of words) fits a routing key; both already cut at the dots. */
export function matchesWords(pattern: readonly string[], key: readonly string[]): boolean {
  const [word, ...rest] = pattern;
  if (word === undefined) return key.length === 0;
  if (word === "#") return key.some((_, i) => matchesWords(rest, key.slice(i))) || matchesWords(rest, []);
  return key.length > 0 && (word === "*" || word === key[0]) && matchesWords(rest, key.slice(1));
}
