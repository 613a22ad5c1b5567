/** One sheet for all: nodes come and go, and React knows nothing of it. */
let sheet: CSSStyleSheet | null = null;

/** Only these nodes, and the connections between them, stay bright. @param ids none = everything is bright */
export function brighten(ids: readonly string[]): void {
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  const not = ids.map((id) => `:not([data-id="${CSS.escape(id)}"])`).join("");
  sheet.replaceSync(
    ids.length === 0
      ? ""
      : `.react-flow__node${not}{opacity:.18;transition:opacity 120ms}.react-flow__edges{opacity:.25}`,
  );
}
