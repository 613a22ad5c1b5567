import { useLayoutEffect, useRef, useState } from "react";
import { judge, type ScenarioEdge, SHORT_TEXT_MAX, setSetting, settingsOf } from "../../../engine/scenario/index.ts";
import { isComposing } from "../../commands/keys.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import { canvas } from "../control.ts";
import type { EdgeData } from "../flow-model.ts";
import { useCanvas } from "../state.ts";
import styles from "./Edge.module.css";

const WIDTH_MIN = 6;
const WIDTH_MAX = 32;

/** A binding key, weight or routing key, typed on the line itself. */
export default function LabelField({ edge, asks }: { edge: ScenarioEdge; asks: NonNullable<EdgeData["asks"]> }) {
  const { t, find } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const done = useRef(false);
  const before = settingsOf(edge)[asks];
  const [value, setValue] = useState(before === null ? "" : String(before));
  // At once: a browser that selects later takes the focus back to here, from where it has gone by then.
  useLayoutEffect(() => input.current?.select(), []);

  const close = (refocus: boolean) => {
    done.current = true;
    useCanvas.setState({ editing: null });
    if (refocus) canvas()?.focus(edge.id);
  };
  const keep = (leaving: boolean) => {
    if (done.current) return;
    const next = asks === "weight" ? Number(value) : asks === "routingKey" && value === "" ? null : value;
    const { scenario } = useDocument.getState();
    const { issues } = setSetting(scenario, edge.id, asks, next);
    const issue = issues.find((one) => one.severity === "error");
    const twin =
      asks === "key"
        ? judge(scenario, edge.from, edge.to, {
            moving: edge.id,
            as: "binding",
            settings: { ...edge.settings, key: value },
          })
        : null;
    const words = issue
      ? (find(`issues.${issue.code}`, issue.facts) ?? issue.code)
      : twin && !twin.ok
        ? (find(`connection.${twin.code}`, twin.facts) ?? twin.code)
        : null;
    if (words === null) {
      useDocument.getState().apply((now) => setSetting(now, edge.id, asks, next).scenario);
      close(!leaving);
    } else if (leaving) close(false);
    else setProblem(words);
  };
  return (
    <span className={`${styles.field} nodrag nopan nowheel`}>
      <input
        ref={input}
        aria-label={find(`connection.ask.${asks}`) ?? t("connection.ask.key")}
        aria-invalid={problem !== null}
        placeholder={t("canvas.edge.keyHint")}
        inputMode={asks === "weight" ? "numeric" : "text"}
        value={value}
        maxLength={SHORT_TEXT_MAX}
        size={Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, value.length + 1))}
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the person has just drawn this binding or asked to write here
        autoFocus
        onChange={(event) => {
          setValue(event.target.value);
          setProblem(null);
        }}
        onBlur={() => keep(true)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Enter") keep(false);
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
