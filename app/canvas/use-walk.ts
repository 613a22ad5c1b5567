import { useEffect } from "react";
import { useView } from "../store/view.ts";
import { useText, words } from "../text/index.ts";
import { canvas } from "./control.ts";
import { drawnNow, membersOf, useDrawn } from "./drawing.ts";
import { nextStop } from "./navigation.ts";
import { useCanvas } from "./state.ts";

const ITEM = ".react-flow__node, .react-flow__edge";
const SPOKEN_MS = 1000;
const SETTLE_MS = 200;

/** The node or edge that has the focus, or whose part has it. */
export function focusedItem(): string | undefined {
  return document.activeElement?.closest<HTMLElement>(ITEM)?.dataset.id;
}

/** The Tab key on the canvas: node by node in flow order, then the edges, then out. What has the focus is selected, and its name says its figures. */
export function useWalk(): void {
  const scenario = useDrawn();
  const { language } = useText();
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are made of the document, in the language of the page
  useEffect(() => {
    // Later: nobody reads a name in the moment of an edit, and three hundred take a while.
    const timer = setTimeout(() => {
      for (const item of document.querySelectorAll<HTMLElement>(ITEM))
        if (item.dataset.id) speak(item, item.dataset.id);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [scenario, language]);

  useEffect(() => {
    const surface = document.querySelector<HTMLElement>("[data-region=canvas]");
    if (!surface) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Tab" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const here = document.activeElement;
      const item = here?.closest(ITEM);
      if (here !== surface && here !== item) return;
      const to = nextStop(drawnNow(), item ? focusedItem() : undefined, event.shiftKey ? -1 : 1);
      // At the ends the browser goes on: the canvas is no trap.
      if (to === undefined || (here === surface && event.shiftKey)) return;
      event.preventDefault();
      canvas()?.focus(to);
    };
    const enter = (event: FocusEvent) => {
      const item = event.target instanceof Element ? event.target.closest<HTMLElement>(ITEM) : null;
      if (!item || item !== event.target) return;
      const { id } = item.dataset;
      if (id === undefined) return;
      speak(item, id);
      if (!item.matches(":focus-visible")) return;
      const isNode = item.classList.contains("react-flow__node");
      const { selection, select } = useView.getState();
      if (selection === useCanvas.getState().gathered && selection.nodes.length + selection.edges.length > 0) return;
      if (!(isNode ? selection.nodes : selection.edges).includes(membersOf(id)[0] as string))
        select(isNode ? { nodes: [id] } : { edges: membersOf(id) });
    };
    // Figures change; a name that is read on demand should not be old. Only what has the focus is renewed.
    const timer = setInterval(() => {
      const item = document.activeElement?.closest<HTMLElement>(ITEM);
      if (item?.dataset.id) speak(item, item.dataset.id);
    }, SPOKEN_MS);
    surface.addEventListener("keydown", press);
    surface.addEventListener("focusin", enter);
    return () => {
      clearInterval(timer);
      surface.removeEventListener("keydown", press);
      surface.removeEventListener("focusin", enter);
    };
  }, []);
}

/** How things are called is long, and first wanted after the first picture. */
let names: Pick<typeof import("./names.ts"), "nodeName" | "edgeName"> | null = null;

/** Gives an element its accessible name as of now. */
export function speak(element: Element, id: string): void {
  if (names === null) {
    void import("./names.ts").then(({ nodeName, edgeName }) => {
      names = { nodeName, edgeName };
      speak(element, id);
    });
    return;
  }
  const { edgeName, nodeName } = names;
  const scenario = drawnNow();
  const now = words();
  const node = scenario.nodes.find((one) => one.id === id);
  const edge = scenario.edges.find((one) => one.id === id);
  const name = node ? nodeName(scenario, node, now) : edge ? edgeName(scenario, edge, "", now) : "";
  if (element.getAttribute("aria-label") !== name) element.setAttribute("aria-label", name);
  element.setAttribute("aria-roledescription", now.t(node ? "canvas.spoken.node" : "canvas.spoken.link"));
}
