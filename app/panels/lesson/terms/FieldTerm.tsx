import TermLink from "./TermLink.tsx";
import { TERM_OF_FIELD } from "./terms.ts";

/** The card of the word that a setting is about; nothing where there is none. */
export default function FieldTerm({ field }: { field: string }) {
  const id = TERM_OF_FIELD[field];
  return id === undefined ? null : <TermLink id={id} />;
}
