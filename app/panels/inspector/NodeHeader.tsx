import { Lock, LockOpen, Trash2 } from "lucide-react";
import { useState } from "react";
import { NAME_LENGTH_MAX, remove, renameNode, type ScenarioNode, setLocked } from "../../../engine/scenario/index.ts";
import { BAD } from "../../canvas/nodes/Badges.tsx";
import { Glyph } from "../../canvas/nodes/Glyph.tsx";
import { kindTint } from "../../canvas/nodes/kind-tint.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { IconButton } from "../shell/IconButton.tsx";
import styles from "./Inspector.module.css";

const NONE: readonly string[] = [];
/** The picture of a kind on its own ground. */
export function KindBadge({ kind }: { kind: string }) {
  const color = kindTint(kind);
  return (
    <span
      className={styles.badge}
      style={{
        background: `var(--${color}-soft)`,
        color: `var(--${color}-text)`,
        boxShadow: `inset 0 0 0 1px var(--${color}-line)`,
      }}
    >
      <Glyph kind={kind} size={16} />
    </span>
  );
}

function State({ id }: { id: string }) {
  const { find } = useText();
  const badges = useRun((s) => s.badges[id] ?? NONE);
  return badges.map((badge) => (
    <span key={badge} className={`${controls.chip} ${BAD.has(badge) ? controls.chipBad : ""}`}>
      {find(`canvas.badges.${badge}`) ?? badge}
    </span>
  ));
}

/** Name, kind, state, lock and delete of one node. The name counts when the field is left. */
export function NodeHeader({ node }: { node: ScenarioNode }) {
  const { t, find } = useText();
  const apply = useDocument((s) => s.apply);
  const readOnly = useDocument((s) => s.readOnly);
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const isLocked = node.locked === true;
  const rename = (name: string) => {
    const { scenario, issues } = renameNode(useDocument.getState().scenario, node.id, name.trim());
    const [issue] = issues;
    if (issue) {
      const why = find(`issues.${issue.code}`, issue.facts) ?? issue.code;
      setError(t("panels.inspector.notTaken", { why }));
    } else {
      setError(null);
      apply(() => scenario);
    }
    setDraft(null);
  };
  return (
    <>
      <div className={styles.header}>
        <KindBadge kind={node.kind} />
        <div className={styles.heading}>
          <input
            className={styles.nameInput}
            data-inspector-name
            aria-label={t("panels.inspector.name")}
            aria-invalid={error !== null || undefined}
            aria-describedby={error === null ? undefined : "inspector-name-error"}
            value={draft ?? node.name}
            maxLength={NAME_LENGTH_MAX}
            spellCheck={false}
            disabled={readOnly || isLocked}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === "Enter") event.currentTarget.blur();
              if (event.key === "Escape") {
                event.stopPropagation();
                setDraft(null);
              }
            }}
            onBlur={() => {
              if (draft !== null && draft.trim() !== node.name) rename(draft);
              else setDraft(null);
            }}
          />
          <div className={styles.kind}>
            <span>{find(`kinds.${node.kind}.name`) ?? node.kind}</span>
            <State id={node.id} />
          </div>
        </div>
        <IconButton
          label={t(isLocked ? "panels.inspector.unlock" : "panels.inspector.lock")}
          aria-pressed={isLocked}
          disabled={readOnly}
          onClick={() => apply((scenario) => setLocked(scenario, [node.id], !isLocked))}
        >
          {isLocked ? <Lock size={16} /> : <LockOpen size={16} />}
        </IconButton>
        <IconButton
          label={t("panels.inspector.remove")}
          disabled={readOnly || isLocked}
          reason={isLocked ? t("panels.inspector.locked") : undefined}
          onClick={() => apply((scenario) => remove(scenario, [node.id]))}
        >
          <Trash2 size={16} />
        </IconButton>
      </div>
      {error !== null && (
        <p id="inspector-name-error" role="alert" className={styles.nameError}>
          {error}
        </p>
      )}
    </>
  );
}
