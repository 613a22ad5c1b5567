import { useView } from "../../store/view.ts";
import { preferredLanguage, setLanguage } from "../../text/index.ts";

const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

export const isDark = (): boolean => {
  const { theme } = useView.getState();
  return theme === "dark" || (theme === "system" && dark.matches);
};

export const isStill = (): boolean => {
  const { motion } = useView.getState();
  return motion === "reduced" || (motion === "system" && still.matches);
};

/** Writes theme and motion where the style sheets read them. */
function paint(): void {
  const root = document.documentElement;
  root.dataset.theme = isDark() ? "dark" : "light";
  root.dataset.motion = isStill() ? "reduced" : "full";
}

const speak = (): Promise<void> => setLanguage(useView.getState().language ?? preferredLanguage(navigator.languages));

/** Follows the person's choices and the system's. Resolves when the page can be drawn in its language. */
export function followAppearance(): Promise<void> {
  paint();
  dark.addEventListener("change", paint);
  still.addEventListener("change", paint);
  useView.subscribe((now, before) => {
    if (now.theme !== before.theme || now.motion !== before.motion) paint();
    if (now.language !== before.language) void speak();
  });
  return speak();
}
