/** A page in somebody else's page has neither header nor inspector (app/embed/EmbeddedFrame.tsx). */
export const hasInspector = (): boolean => document.querySelector("[data-region=header]") !== null;
