import { useEffect } from "react";
import { openMenu } from "./open-menu.ts";

const ITEM = ".react-flow__node, .react-flow__edge";

/** A Mac sends no `contextmenu` for Shift+F10; elsewhere the browser does, and for the menu key too. */
const sendsNone = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** The menu of what has the focus, asked for by keys: that of a node or a link opens as with a pointer, that of the canvas in its middle. */
export function useMenuKeys(): void {
  useEffect(() => {
    const surface = document.querySelector<HTMLElement>("[data-region=canvas]");
    if (!surface) return;
    const open = (event: MouseEvent) => {
      // A pointer meets what lies on the canvas, never the canvas itself.
      if (event.target !== surface) return;
      event.preventDefault();
      const { left, top, width, height } = surface.getBoundingClientRect();
      openMenu("canvas", null, { x: left + width / 2, y: top + height / 2 });
    };
    const press = (event: KeyboardEvent) => {
      if (!sendsNone() || event.key !== "F10" || !event.shiftKey || event.defaultPrevented) return;
      const { activeElement } = document;
      const target = activeElement === surface ? surface : activeElement?.closest(ITEM);
      if (!target) return;
      event.preventDefault();
      const { left, top, width, height } = target.getBoundingClientRect();
      const [clientX, clientY] = [left + width / 2, top + height / 2];
      target.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX, clientY }));
    };
    surface.addEventListener("contextmenu", open);
    surface.addEventListener("keydown", press);
    return () => {
      surface.removeEventListener("contextmenu", open);
      surface.removeEventListener("keydown", press);
    };
  }, []);
}
