/** Free px around the notices. */
const MARGIN = 12;
/** The zoom bar stands in the other corner; where both do not fit side by side, notices stand above it. */
const BAR_HEIGHT = 56;
const BESIDE_MIN = 620;
const WIDTH_MAX = 440;

/**
 * Keeps the notices where nothing is pressed but the drawing: in the lower right corner of the canvas. While a dialog is open they have a strip below it, which
 * the dialog leaves free (`--notices`, px).
 * @param list of the notices, fixed to the window @returns stops
 */
export function placeNotices(list: HTMLElement, isOverDialog: boolean): () => void {
  const root = document.documentElement;
  const canvas = document.querySelector("[data-region=canvas]");
  const inspector = document.querySelector("[data-region=inspector]");
  const place = () => {
    const box = canvas?.getBoundingClientRect();
    if (!box || isOverDialog) {
      Object.assign(list.style, { right: "", bottom: `${MARGIN}px`, width: "", maxHeight: "" });
      root.style.setProperty("--notices", `${list.offsetHeight + MARGIN}px`);
      return;
    }
    // Where it lies over the canvas, the inspector takes its right side.
    const panel = inspector?.getBoundingClientRect();
    const isBeside = panel !== undefined && panel.width > 0 && panel.width < innerWidth / 2;
    const right = isBeside ? Math.min(box.right, panel.left) : box.right;
    const room = right - box.left;
    const under = innerHeight - box.bottom + (room < BESIDE_MIN ? BAR_HEIGHT : 0);
    Object.assign(list.style, {
      right: `${innerWidth - right + MARGIN}px`,
      bottom: `${under + MARGIN}px`,
      width: `${Math.min(WIDTH_MAX, room - 2 * MARGIN)}px`,
      maxHeight: `${Math.max(BAR_HEIGHT, innerHeight - box.top - under - 2 * MARGIN)}px`,
    });
  };
  place();
  const watch = new ResizeObserver(place);
  for (const one of [list, canvas, inspector]) if (one) watch.observe(one);
  addEventListener("resize", place);
  return () => {
    watch.disconnect();
    removeEventListener("resize", place);
    root.style.removeProperty("--notices");
  };
}
