import { emptyScenario } from "../../engine/scenario/index.ts";
import { keepCopy, saveNow } from "../share/session.ts";
import { redo, undo, useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import type { Command } from "./registry.ts";

const history = () => useDocument.temporal.getState();
const isWritable = () => !useDocument.getState().readOnly;

export const fileCommands: readonly Command[] = [
  {
    id: "edit.undo",
    group: "edit",
    title: "commands.edit.undo",
    keys: ["Mod+Z"],
    when: () => isWritable() && history().pastStates.length > 0,
    perform: () => undo(),
  },
  {
    id: "edit.redo",
    group: "edit",
    title: "commands.edit.redo",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    when: () => isWritable() && history().futureStates.length > 0,
    perform: () => redo(),
  },
  {
    id: "file.new",
    group: "file",
    title: "commands.file.new",
    places: ["menu"],
    perform: () => {
      useDocument.getState().open(emptyScenario(), { origin: "own" });
      useView.getState().select({});
    },
  },
  {
    id: "file.examples",
    group: "file",
    title: "commands.file.examples",
    places: ["menu"],
    perform: () => useView.getState().openDialog("examples"),
  },
  {
    id: "file.lessons",
    group: "file",
    title: "commands.file.lessons",
    places: ["menu"],
    perform: () => useView.getState().openDialog("lessons"),
  },
  {
    id: "file.library",
    group: "file",
    title: "commands.file.library",
    keys: ["Mod+O"],
    places: ["menu"],
    inText: true,
    perform: () => useView.getState().openDialog("library"),
  },
  {
    id: "file.save",
    group: "file",
    title: "commands.file.save",
    keys: ["Mod+S"],
    inText: true,
    perform: () => {
      const isNew = keepCopy();
      saveNow();
      if (useDocument.getState().saved === "saved")
        useView.getState().notify({ tone: "success", key: isNew ? "welcome.kept" : "welcome.savedNow" });
    },
  },
  {
    id: "file.import",
    group: "file",
    title: "commands.file.import",
    keys: ["Mod+I"],
    places: ["menu"],
    perform: () => useView.getState().openDialog("import"),
  },
  {
    id: "file.export",
    group: "file",
    title: "commands.file.export",
    keys: ["Mod+E"],
    places: ["menu"],
    perform: () => useView.getState().openDialog("export"),
  },
  {
    id: "file.share",
    group: "file",
    title: "commands.file.share",
    perform: () => useView.getState().openDialog("share"),
  },
];
