/** A dialog that needs to be told nothing. */
export type Nothing = Readonly<Record<string, never>>;

/** Every dialog and what it has to be told. A dialog is added here and in `app/panels/dialogs/Dialogs.tsx`. */
export interface DialogProps {
  /** With `only`, the nodes alone: find. */
  palette: { only?: "nodes" };
  share: Nothing;
  /** With the text of a file that was dropped, pasted or chosen. */
  import: { text?: string; fileName?: string };
  export: Nothing;
  shortcuts: Nothing;
  settings: Nothing;
  /** With a node or edge, what concerns its kind first, and the version of its broker. */
  about: { id?: string };
  library: Nothing;
  examples: Nothing;
  lessons: Nothing;
  /** What came back from an assignment; with the text of a file that was dropped or chosen elsewhere. */
  results: { text?: string };
  /** The drawing and its lesson on paper. */
  handout: Nothing;
  /** A link that did not open: code and facts from the link codec. */
  badLink: { code: string; facts: Readonly<Record<string, string | number | boolean>> };
}

export type DialogName = keyof DialogProps;
