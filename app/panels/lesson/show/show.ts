import { createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { canvas } from "../../../canvas/control.ts";
import { useTeaching } from "../../../store/teaching.ts";
import { useView } from "../../../store/view.ts";
import { restOfTexts } from "../../../text/index.ts";
import { ShowBar } from "./ShowBar.tsx";
// What stands around the drawing is hidden by the page's style sheet while it shows.
import "./show.css";

let stage: { root: Root; box: HTMLElement; leave(): void } | null = null;
/** The panels have gone by then, and the drawing has the whole page. */
const SETTLED_MS = 80;

function begin(): void {
  const box = document.createElement("div");
  document.body.prepend(box);
  const root = createRoot(box);
  const view = useView.getState();
  const { outline, selection } = view;
  view.set({ outline: false });
  view.select({});
  document.documentElement.dataset.teaching = "";
  useTeaching.setState({ on: true, revealed: false });
  root.render(createElement(ShowBar, { onEnd: toggleShow }));
  setTimeout(() => canvas()?.fit(), SETTLED_MS);
  stage = {
    root,
    box,
    leave: () => {
      useView.getState().set({ outline });
      useView.getState().select(selection);
    },
  };
}

function end(): void {
  stage?.root.unmount();
  stage?.box.remove();
  stage?.leave();
  stage = null;
  delete document.documentElement.dataset.teaching;
  delete document.documentElement.dataset.revealed;
  useTeaching.setState({ on: false, revealed: false });
  setTimeout(() => canvas()?.fit(), SETTLED_MS);
}

/** Teacher mode (product.md §9.2): large type, no panels, no values until they are revealed; and back. */
export function toggleShow(): void {
  if (stage !== null) end();
  else void restOfTexts().then(begin);
}
