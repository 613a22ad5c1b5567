import { useStore } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { perform } from "../commands/registry.ts";
import { CommandButton } from "../panels/shell/CommandButton.tsx";
import { Hint } from "../panels/shell/Hint.tsx";
import controls from "../styles/controls.module.css";
import { useText } from "../text/index.ts";
import styles from "./Canvas.module.css";

/** How near one looks, and the way back to seeing everything. */
export function ZoomBar() {
  const { t } = useText();
  const percent = useStore((s) => Math.round(s.transform[2] * 100));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a bar of buttons is no fieldset
    <div className={styles.zoomBar} role="group" aria-label={t("canvas.zoom")}>
      <CommandButton id="view.zoomOut">
        <Minus size={16} />
      </CommandButton>
      <Hint text={t("commands.view.zoomFull")} chord="0">
        <button
          type="button"
          className={`${styles.percent} ${controls.figures}`}
          aria-label={`${t("commands.view.zoomFull")}, ${percent} %`}
          onClick={() => perform("view.zoomFull")}
        >
          {percent} %
        </button>
      </Hint>
      <CommandButton id="view.zoomIn">
        <Plus size={16} />
      </CommandButton>
      <CommandButton id="view.fit">
        <Maximize size={16} />
      </CommandButton>
    </div>
  );
}
