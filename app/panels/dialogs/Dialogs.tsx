import type { ComponentType } from "react";
import { fetched } from "../../fetched.tsx";
import type { DialogName, DialogProps } from "../../store/dialogs.ts";
import { useView } from "../../store/view.ts";

/** The command palette is drawn by the page itself; everything else is here, each loaded when it is first wanted. */
const DIALOGS: { [N in Exclude<DialogName, "palette">]: ComponentType<DialogProps[N]> } = {
  share: fetched(() => import("./ShareDialog.tsx")),
  import: fetched(() => import("./import/ImportDialog.tsx")),
  export: fetched(() => import("./ExportDialog.tsx")),
  shortcuts: fetched(() => import("./ShortcutsDialog.tsx")),
  settings: fetched(() => import("./SettingsDialog.tsx")),
  about: fetched(() => import("./AboutDialog.tsx")),
  examples: fetched(() => import("./ExamplesDialog.tsx")),
  lessons: fetched(() => import("./LessonsDialog.tsx")),
  results: fetched(() => import("../lesson/results/ResultsDialog.tsx")),
  handout: fetched(() => import("../lesson/handout/HandoutDialog.tsx")),
  library: fetched(() => import("./library/LibraryDialog.tsx")),
  badLink: fetched(() => import("./BadLinkDialog.tsx")),
};

export default function Dialogs() {
  const dialog = useView((s) => s.dialog);
  if (dialog === null || dialog.name === "palette") return null;
  const Dialog = DIALOGS[dialog.name] as ComponentType<object>;
  return <Dialog {...dialog.props} />;
}
