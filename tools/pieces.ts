import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Plugin } from "vite";

/** The chunk and everything that it imports at once, whatever is needed by others first. */
function inOrder(entry: string, importsOf: (file: string) => readonly string[] | undefined): string[] {
  const found = new Set<string>();
  const visit = (file: string) => {
    const imports = importsOf(file);
    if (imports === undefined || found.has(file)) return;
    for (const needed of imports) visit(needed);
    found.add(file);
  };
  visit(entry);
  return [...found];
}

/** Real ms after which a page that draws no frames, because nobody sees it, goes on all the same. */
const FRAME_MS = 100;

/** First what index.html shows by itself, then the pieces, each in a task of its own. @param names addresses beside this script */
const beginning = (names: readonly string[]): string => `const task = () => new Promise((done) => setTimeout(done));
await new Promise((done) => [requestAnimationFrame(done), setTimeout(done, ${FRAME_MS})]);
await task();
for (const piece of ${JSON.stringify(names)}) {
  await import(piece);
  await task();
}
`;

/**
 * The built page's first scripts are fetched together, as Vite arranges it, but behind the style sheet, with which the page can show what it is; and they are evaluated one after the
 * other, each in a task of its own: in one task they would hold a slow machine for as long as a person notices. For that a few lines take the place of the entry in index.html, which in
 * turn is preloaded like what it imports.
 */
export function inPieces(): Plugin {
  let begin: { fileName: string; source: string } | undefined;
  return {
    name: "in-pieces",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle, chunk }) {
        if (bundle === undefined || chunk === undefined) return html;
        const pieces = inOrder(chunk.fileName, (file) => {
          const one = bundle[file];
          return one?.type === "chunk" ? one.imports : undefined;
        });
        const folder = posix.dirname(chunk.fileName);
        const source = beginning(pieces.map((file) => `./${posix.relative(folder, file)}`));
        const hash = createHash("sha256").update(source).digest("hex").slice(0, 8);
        const fileName = `${folder}/begin-${hash}.js`;
        begin = { fileName, source };
        const entry = `src="./${chunk.fileName}"></script>`;
        if (!html.includes(entry)) throw new Error("index.html does not name its script as expected");
        const preload = `<link rel="modulepreload" crossorigin href="./${chunk.fileName}">`;
        return html
          .replace(entry, `src="./${fileName}"></script>\n    ${preload}`)
          .replaceAll('rel="modulepreload"', 'rel="modulepreload" fetchpriority="low"');
      },
    },
    generateBundle: {
      // After Vite has made the page.
      order: "post",
      handler() {
        if (begin) this.emitFile({ type: "asset", ...begin });
      },
    },
  };
}
