/**
 * One thing that is wrong or doubtful in a document, with its place. Words are made later, from `code` and `facts`, in the reader's language
 * (text key `issue.<code>`).
 */
export interface Issue {
  /** `nodes.worker-2.prefetch`, `edges.e3`, `seed`: names where there are names, else ids. */
  path: string;
  code: string;
  facts: { [name: string]: string | number | boolean };
  severity: "error" | "warning" | "info";
  /** Node or edge id, for "go to". */
  target?: string;
}
