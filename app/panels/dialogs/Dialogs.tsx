import { type ComponentType, lazy, Suspense } from "react";
import type { DialogName, DialogProps } from "../../store/dialogs.ts";
import { useView } from "../../store/view.ts";

/** The command palette is drawn by the page itself; everything else is here, each loaded when it is first wanted. */
const DIALOGS: { [N in Exclude<DialogName, "palette">]: ComponentType<DialogProps[N]> } = {
  share: lazy(() => import("./ShareDialog.tsx")),
  import: lazy(() => import("./import/ImportDialog.tsx")),
  export: lazy(() => import("./ExportDialog.tsx")),
  shortcuts: lazy(() => import("./ShortcutsDialog.tsx")),
  settings: lazy(() => import("./SettingsDialog.tsx")),
  about: lazy(() => import("./AboutDialog.tsx")),
  examples: lazy(() => import("./ExamplesDialog.tsx")),
  lessons: lazy(() => import("./LessonsDialog.tsx")),
  results: lazy(() => import("../lesson/results/ResultsDialog.tsx")),
  handout: lazy(() => import("../lesson/handout/HandoutDialog.tsx")),
  library: lazy(() => import("./library/LibraryDialog.tsx")),
  badLink: lazy(() => import("./BadLinkDialog.tsx")),
};

export default function Dialogs() {
  const dialog = useView((s) => s.dialog);
  if (dialog === null || dialog.name === "palette") return null;
  const Dialog = DIALOGS[dialog.name] as ComponentType<object>;
  return (
    <Suspense fallback={null}>
      <Dialog {...dialog.props} />
    </Suspense>
  );
}
