// Runs before the first line is drawn, as a file of its own because the page's policy lets nothing inline run: theme and language are right from the beginning, and only who comes
// for the first time is told what this is. What it repeats of the page's own code (kept settings, embedding, links, languages) is compared by tools/first-look.test.ts.
(() => {
  const root = document.documentElement;
  let kept = {};
  let hasOwn = false;
  try {
    hasOwn = localStorage.getItem("weir.last") !== null;
    kept = JSON.parse(localStorage.getItem("weir.view") ?? "{}").state ?? {};
  } catch {
    // Nothing is kept on this device, or nothing that can be read.
  }
  const asked = new URLSearchParams(location.search);
  const isEmbedded = ["", "1", "true"].includes(asked.get("embed") ?? "no");
  const theme = isEmbedded ? asked.get("theme") : kept.theme;
  const isDark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const wanted = isEmbedded ? asked.get("lang") : kept.language;
  const spoken = [wanted ?? "", ...navigator.languages].map((tag) => tag.toLowerCase().slice(0, 2));
  root.dataset.theme = isDark ? "dark" : "light";
  root.lang = spoken.find((tag) => tag === "en" || tag === "zh") === "zh" ? "zh-CN" : "en";
  const isKnown = kept.welcomed || hasOwn || /^#s\d+=/.test(location.hash);
  root.dataset.visit = isEmbedded ? "embedded" : isKnown ? "known" : "first";
})();
