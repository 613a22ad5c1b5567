import { useView } from "../store/view.ts";
import type { Command } from "./registry.ts";

/** For those who teach; all of it is loaded when it is first wanted. */
export const teachingCommands: readonly Command[] = [
  {
    id: "teach.show",
    group: "view",
    title: "teaching.show.title",
    keys: ["Alt+Shift+P"],
    places: ["menu"],
    inText: true,
    anywhere: true,
    perform: () => void import("../panels/lesson/show/show.ts").then(({ toggleShow }) => toggleShow()),
  },
  {
    id: "teach.handout",
    group: "file",
    title: "teaching.handout.title",
    perform: () => useView.getState().openDialog("handout"),
  },
  {
    id: "teach.results",
    group: "file",
    title: "teaching.assignment.results",
    perform: () => useView.getState().openDialog("results"),
  },
];

/** The teacher's page has an address of its own: `?results=1`. */
export function followAddress(): void {
  if (/[?&]results(=1|&|$)/.test(globalThis.location?.search ?? "")) useView.getState().openDialog("results");
}
