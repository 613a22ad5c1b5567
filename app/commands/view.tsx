import {
  Command as CommandIcon,
  Footprints,
  Info,
  Keyboard,
  Languages,
  Moon,
  PanelBottom,
  PanelLeft,
  PanelRight,
  Search,
  Settings2,
} from "lucide-react";
import { isDark } from "../panels/shell/appearance.ts";
import { cycleRegion } from "../panels/shell/regions.ts";
import { showFirstSteps } from "../panels/welcome/first-steps.ts";
import { useView } from "../store/view.ts";
import { currentLanguage } from "../text/index.ts";
import type { Command } from "./registry.ts";

const view = () => useView.getState();

export const viewCommands: readonly Command[] = [
  {
    id: "view.palette",
    group: "go",
    title: "commands.view.commands",
    keys: ["Mod+K"],
    icon: <CommandIcon size={16} />,
    inText: true,
    hidden: true,
    perform: () => view().openDialog("palette"),
  },
  {
    id: "go.find",
    group: "go",
    title: "commands.go.find",
    keys: ["Mod+F"],
    icon: <Search size={16} />,
    perform: () => view().openDialog("palette", { only: "nodes" }),
  },
  {
    id: "view.shortcuts",
    group: "help",
    title: "commands.view.shortcuts",
    keys: ["?"],
    icon: <Keyboard size={16} />,
    places: ["menu"],
    perform: () => view().openDialog("shortcuts"),
  },
  {
    id: "help.firstSteps",
    group: "help",
    title: "commands.help.firstSteps",
    icon: <Footprints size={16} />,
    places: ["menu"],
    perform: showFirstSteps,
  },
  {
    id: "help.about",
    group: "help",
    title: "commands.help.about",
    icon: <Info size={16} />,
    places: ["menu"],
    perform: () => view().openDialog("about"),
  },
  {
    id: "view.settings",
    group: "view",
    title: "commands.view.settings",
    icon: <Settings2 size={16} />,
    places: ["menu"],
    perform: () => view().openDialog("settings"),
  },
  {
    id: "view.theme",
    group: "view",
    title: () => (isDark() ? "commands.view.light" : "commands.view.dark"),
    icon: <Moon size={16} />,
    perform: () => view().set({ theme: isDark() ? "light" : "dark" }),
  },
  {
    id: "view.language",
    group: "view",
    title: "commands.view.language",
    icon: <Languages size={16} />,
    perform: () => view().set({ language: currentLanguage() === "en" ? "zh" : "en" }),
  },
  {
    id: "view.leftPanel",
    group: "view",
    title: "commands.view.leftPanel",
    icon: <PanelLeft size={16} />,
    perform: () => view().panel("palette", { open: !view().panels.palette.open }),
  },
  {
    id: "view.inspector",
    group: "view",
    title: "commands.view.inspector",
    icon: <PanelRight size={16} />,
    perform: () => view().panel("inspector", { open: !view().panels.inspector.open }),
  },
  {
    id: "view.dock",
    group: "view",
    title: "commands.view.dock",
    icon: <PanelBottom size={16} />,
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
