import { isDark } from "../panels/shell/appearance.ts";
import { cycleRegion } from "../panels/shell/regions.ts";
import { useView } from "../store/view.ts";
import { currentLanguage } from "../text/index.ts";
import type { Command } from "./registry.ts";

const view = () => useView.getState();

/** Once it is drawn. */
function focusOutline(tries = 100): void {
  const line = document.querySelector<HTMLElement>("[role=tree] [tabindex='0']");
  if (line) line.focus();
  else if (tries > 0) setTimeout(() => focusOutline(tries - 1), 50);
}

export const viewCommands: readonly Command[] = [
  {
    id: "view.palette",
    group: "go",
    title: "commands.view.commands",
    keys: ["Mod+K"],
    inText: true,
    hidden: true,
    perform: () => view().openDialog("palette"),
  },
  {
    id: "go.find",
    group: "go",
    title: "commands.go.find",
    keys: ["Mod+F"],
    perform: () => view().openDialog("palette", { only: "nodes" }),
  },
  {
    id: "view.shortcuts",
    group: "help",
    title: "commands.view.shortcuts",
    keys: ["?"],
    places: ["menu"],
    perform: () => view().openDialog("shortcuts"),
  },
  {
    id: "help.firstSteps",
    group: "help",
    title: "commands.help.firstSteps",
    places: ["menu"],
    perform: () => void import("../panels/welcome/first-steps.ts").then(({ beginFirstSteps }) => beginFirstSteps()),
  },
  {
    id: "help.about",
    group: "help",
    title: "commands.help.about",
    places: ["menu"],
    perform: () => view().openDialog("about"),
  },
  {
    id: "view.settings",
    group: "view",
    title: "commands.view.settings",
    places: ["menu"],
    perform: () => view().openDialog("settings"),
  },
  {
    id: "view.theme",
    group: "view",
    title: () => (isDark() ? "commands.view.light" : "commands.view.dark"),
    perform: () => view().set({ theme: isDark() ? "light" : "dark" }),
  },
  {
    id: "view.language",
    group: "view",
    title: "commands.view.language",
    perform: () => view().set({ language: currentLanguage() === "en" ? "zh" : "en" }),
  },
  {
    id: "view.leftPanel",
    group: "view",
    title: "commands.view.leftPanel",
    perform: () => view().panel("palette", { open: !view().panels.palette.open }),
  },
  {
    id: "view.outline",
    group: "view",
    title: "commands.view.outline",
    keys: ["O"],
    places: ["menu"],
    perform: () => {
      const outline = !view().outline;
      view().set({ outline });
      if (outline) focusOutline();
    },
  },
  {
    id: "view.inspector",
    group: "view",
    title: "commands.view.inspector",
    perform: () => view().panel("inspector", { open: !view().panels.inspector.open }),
  },
  {
    id: "view.dock",
    group: "view",
    title: "commands.view.dock",
    perform: () => view().panel("dock", { open: !view().panels.dock.open }),
  },
  {
    id: "go.nextRegion",
    group: "go",
    title: "commands.go.nextRegion",
    keys: ["F6"],
    inText: true,
    anywhere: true,
    perform: () => cycleRegion(1),
  },
  {
    id: "go.previousRegion",
    group: "go",
    title: "commands.go.previousRegion",
    keys: ["Shift+F6"],
    inText: true,
    anywhere: true,
    perform: () => cycleRegion(-1),
  },
];
