import { useLayoutEffect, useRef, useState } from "react";
import { NAME_LENGTH_MAX, renameNode, type ScenarioNode } from "../../../engine/scenario/index.ts";
import { isComposing } from "../../commands/keys.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import { useCanvas } from "../state.ts";
import styles from "./Face.module.css";

/** Renames in place. A name that is taken or empty is refused in words and the old one stays. */
export function NameField({ node }: { node: ScenarioNode }) {
  const { t, find } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const done = useRef(false);
  // At once: a browser that selects later takes the focus back to here, from where it has gone by then.
  useLayoutEffect(() => input.current?.select(), []);
  const close = (refocus: boolean) => {
    done.current = true;
    useCanvas.setState({ editing: null });
    if (refocus) input.current?.closest<HTMLElement>(".react-flow__node")?.focus();
  };
  const keep = (refocus: boolean) => {
    if (done.current || !input.current) return;
    const { value } = input.current;
    const { issues } = renameNode(useDocument.getState().scenario, node.id, value);
    const issue = issues[0];
    if (issue && refocus) {
      setProblem(find(`issues.${issue.code}`, issue.facts) ?? issue.code);
      return;
    }
    if (!issue) useDocument.getState().apply((scenario) => renameNode(scenario, node.id, value).scenario);
    close(refocus);
  };
  return (
    <span className={`${styles.nameField} nodrag nopan nowheel`}>
      <input
        ref={input}
        aria-label={t("canvas.name")}
        aria-invalid={problem !== null}
        defaultValue={node.name}
        maxLength={NAME_LENGTH_MAX}
        spellCheck={false}
        onBlur={() => keep(false)}
        onChange={() => setProblem(null)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Enter") keep(true);
          if (event.key === "Escape") close(true);
        }}
      />
      {problem && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
