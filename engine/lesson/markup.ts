/** A stretch of a lesson's text. Nothing else is ever made of it: no markup of others, no address, no picture. */
export type Piece =
  | { is: "plain" | "bold" | "code"; text: string }
  | { is: "node" | "term"; text: string; to: string }
  | { is: "break" };

const MARK = /\*\*([^*\n]+)\*\*|`([^`\n]+)`|\[([^\]\n]+)\]\((node|term):([\w-]+)\)|\n/g;

/** Plain text with `**bold**`, `` `code` ``, line ends, and links `[words](node:id)` and `[words](term:id)`. What is none of these stays as it was written. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    if (match.index > at) pieces.push({ is: "plain", text: text.slice(at, match.index) });
    at = match.index + match[0].length;
    const [whole, bold, code, words, target, to] = match;
    if (whole === "\n") pieces.push({ is: "break" });
    else if (bold !== undefined) pieces.push({ is: "bold", text: bold });
    else if (code !== undefined) pieces.push({ is: "code", text: code });
    else pieces.push({ is: target as "node" | "term", text: words as string, to: to as string });
  }
  if (at < text.length) pieces.push({ is: "plain", text: text.slice(at) });
  return pieces;
}

/** Without marks: for screen readers, handouts and lists. */
export const plainText = (text: string): string =>
  piecesOf(text)
    .map((piece) => (piece.is === "break" ? "\n" : piece.text))
    .join("");

/** Nodes or terms that a text links to. */
export const linksIn = (text: string, to: "node" | "term"): string[] =>
  piecesOf(text).flatMap((piece) => (piece.is === to ? [piece.to] : []));

/** Names of the figures that a text asks for: `{{peak}}` → peak. */
export const factsIn = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name as string);

/** The text with its figures; one that is not known stays visible as a dash. */
export const filled = (text: string, facts: { readonly [name: string]: string }): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => (Object.hasOwn(facts, name) ? (facts[name] as string) : "–"));
