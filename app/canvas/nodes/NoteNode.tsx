import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { setSetting, settingsOf } from "../../../engine/scenario/index.ts";
import { isComposing } from "../../commands/keys.ts";
import { useDocument } from "../../store/document.ts";
import { type Text, useText } from "../../text/index.ts";
import type { FlowNode } from "../flow-model.ts";
import { useCanvas } from "../state.ts";
import styles from "./Frame.module.css";
import { Resizer } from "./Resizer.tsx";

/** Text on the canvas, written in place. */
export const NoteNode = memo(function NoteNode({ id, data, selected }: NodeProps<FlowNode>) {
  const { of, t, language } = useText();
  const isEditing = useCanvas((s) => s.editing?.what === "name" && s.editing.id === id);
  const { node } = data;
  const text = settingsOf(node).text as string | Text;
  const shown = of(text);
  const keep = (value: string) => {
    useCanvas.setState({ editing: null });
    if (value === shown) return;
    const next = typeof text === "string" ? value : { ...text, [language]: value };
    useDocument.getState().apply((scenario) => setSetting(scenario, id, "text", next).scenario);
  };
  return (
    <div className={styles.note} data-selected={selected || undefined}>
      <Resizer node={node} isVisible={selected} />
      {isEditing ? (
        <textarea
          className={`${styles.noteText} nodrag nopan nowheel`}
          aria-label={t("canvas.noteText")}
          defaultValue={shown}
          // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
          autoFocus
          onBlur={(event) => keep(event.target.value)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === "Escape" && !isComposing(event.nativeEvent)) event.currentTarget.blur();
          }}
        />
      ) : (
        <p className={styles.noteText} data-empty={shown === "" || undefined}>
          {shown === "" ? t("canvas.emptyNote") : shown}
        </p>
      )}
    </div>
  );
});
