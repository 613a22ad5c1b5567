/**
 * The wheel belongs to the page around until somebody clicks into the drawing: whoever scrolls past must not get stuck. It goes back when the pointer leaves.
 * @returns lets go
 */
export function guardWheel(target: Window = window): () => void {
  let isInside = false;
  const take = () => {
    isInside = true;
    target.document.documentElement.dataset.wheel = "ours";
  };
  const give = () => {
    isInside = false;
    delete target.document.documentElement.dataset.wheel;
  };
  const pass = (event: WheelEvent) => {
    // Zooming by a pinch on a trackpad is meant for the drawing; anything else scrolls the page around.
    if (!isInside && !event.ctrlKey) event.stopPropagation();
  };
  target.addEventListener("pointerdown", take, true);
  target.addEventListener("blur", give);
  target.document.documentElement.addEventListener("pointerleave", give);
  target.addEventListener("wheel", pass, { capture: true, passive: true });
  return () => {
    target.removeEventListener("pointerdown", take, true);
    target.removeEventListener("blur", give);
    target.document.documentElement.removeEventListener("pointerleave", give);
    target.removeEventListener("wheel", pass, { capture: true });
  };
}
