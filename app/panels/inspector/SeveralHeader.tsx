import { Lock, LockOpen, Trash2 } from "lucide-react";
import { remove, setLocked } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { IconButton } from "../shell/IconButton.tsx";
import styles from "./Inspector.module.css";

/** How many of which kinds are selected, and what can be done to all of them. */
export function SeveralHeader({ nodes, edges }: { nodes: readonly string[]; edges: readonly string[] }) {
  const { t, find } = useText();
  const scenario = useDocument((s) => s.scenario);
  const apply = useDocument((s) => s.apply);
  const readOnly = useDocument((s) => s.readOnly);
  const chosen = new Set([...nodes, ...edges]);
  const counts = new Map<string, number>();
  for (const { id, kind } of [...scenario.nodes, ...scenario.edges])
    if (chosen.has(id)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const picked = scenario.nodes.filter((node) => chosen.has(node.id));
  const allLocked = picked.length > 0 && picked.every((node) => node.locked === true);
  return (
    <div className={styles.header}>
      <div className={styles.heading}>
        <h2 className={styles.title}>{t("panels.inspector.several", { count: chosen.size })}</h2>
        <div className={styles.chips}>
          {[...counts].map(([kind, n]) => (
            <span key={kind} className={controls.chip}>
              {t("panels.inspector.kindCount", { name: find(`kinds.${kind}.name`) ?? kind, n })}
            </span>
          ))}
        </div>
      </div>
      {picked.length > 0 && (
        <IconButton
          label={t(allLocked ? "panels.inspector.unlock" : "panels.inspector.lock")}
          aria-pressed={allLocked}
          disabled={readOnly}
          onClick={() => apply((now) => setLocked(now, nodes, !allLocked))}
        >
          {allLocked ? <Lock size={16} /> : <LockOpen size={16} />}
        </IconButton>
      )}
      <IconButton
        label={t("panels.inspector.remove")}
        disabled={readOnly || picked.some((node) => node.locked)}
        reason={picked.some((node) => node.locked) ? t("panels.inspector.locked") : undefined}
        onClick={() => apply((now) => remove(now, chosen))}
      >
        <Trash2 size={16} />
      </IconButton>
    </div>
  );
}
