import "@xyflow/react/dist/base.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { engine } from "./bridge/index.ts";
import { bindKeys } from "./commands/index.ts";
import { followAppearance } from "./panels/shell/appearance.ts";
import { keepSelectionTrue, openFirstDocument } from "./start.ts";

followAppearance();
openFirstDocument();
keepSelectionTrue();
engine.start();
bindKeys();

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
