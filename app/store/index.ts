/** The page's state: the document, what is known of the run, what this person looks at. */
export * from "./dialogs.ts";
export * from "./document.ts";
export * from "./run.ts";
export * from "./view.ts";
