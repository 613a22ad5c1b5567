import { useSyncExternalStore } from "react";

export type Width = "wide" | "medium" | "narrow";

const wide = typeof matchMedia === "function" ? matchMedia("(min-width: 1200px)") : undefined;
const narrow = typeof matchMedia === "function" ? matchMedia("(max-width: 767px)") : undefined;

export const widthNow = (): Width => (wide?.matches ? "wide" : narrow?.matches ? "narrow" : "medium");

function onChange(listener: () => void): () => void {
  wide?.addEventListener("change", listener);
  narrow?.addEventListener("change", listener);
  return () => {
    wide?.removeEventListener("change", listener);
    narrow?.removeEventListener("change", listener);
  };
}

/** Which of the three layouts of product.md §2.1 is on. */
export const useWidth = (): Width => useSyncExternalStore(onChange, widthNow);
