import "@xyflow/react/dist/base.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { engine, followVisibility } from "./bridge/index.ts";
import { bindKeys } from "./commands/index.ts";
import { followAppearance } from "./panels/shell/appearance.ts";
import { followUpdates } from "./panels/shell/updates.ts";
import { isLink } from "./share/link-form.ts";
import { keepSelectionTrue, linkReader, openFirstDocument } from "./start.ts";
import { startRecorder } from "./store/recorder.ts";
import { useView } from "./store/view.ts";
import { restOfTexts } from "./text/index.ts";

const spoken = followAppearance();
void restOfTexts();
// Should the code not come, the page stands without the link's document rather than not at all.
const reader = isLink(location.hash) ? linkReader().catch(() => null) : Promise.resolve(null);
const opened = reader.then((read) => {
  openFirstDocument(read);
  keepSelectionTrue();
  engine.start();
});
followVisibility(engine, () => useView.getState().runWhenHidden);
startRecorder();
bindKeys();
followUpdates(navigator.serviceWorker, () => location.reload());

const root = document.getElementById("root");
if (root)
  // Not before its words are there: a page that changes its language, or its drawing, while one looks at it is no welcome.
  void Promise.all([spoken, opened]).then(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
