import { Handle, Position } from "@xyflow/react";
import { Lock } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import { isStepped, useRun } from "../../store/run.ts";
import { useText } from "../../text/index.ts";
import { useCanvas } from "../state.ts";
import { BAD, Badges } from "./Badges.tsx";
import styles from "./Face.module.css";
import { NameField } from "./NameField.tsx";

interface Props {
  node: ScenarioNode;
  selected: boolean;
  width: number;
  height: number;
  /** SVG path of the outline, and further lines on top of it. */
  outline: string;
  detail?: string;
  /** Which colour of tokens.css. */
  tint: string;
  canSend: boolean;
  canTake: boolean;
  name?: ReactNode;
  children?: ReactNode;
}

/** What all nodes share: outline, ends for connections, badges, and the states of being chosen, dimmed or a target. */
export const Face = memo(function Face(props: Props) {
  const { node, selected, width, height, outline, detail, tint, canSend, canTake, children } = props;
  const { t } = useText();
  const role = useCanvas((s) =>
    s.connecting === null
      ? undefined
      : s.connecting.from === node.id
        ? "source"
        : s.connecting.legal.has(node.id)
          ? "legal"
          : "illegal",
  );
  const isNews = useRun((s) => isStepped(s, node.id));
  const isBad = useRun((s) => s.badges[node.id]?.some((badge) => BAD.has(badge)) ?? false);
  return (
    <div
      className={styles.face}
      data-kind={node.kind}
      data-tint={tint}
      data-selected={selected || undefined}
      data-target={role}
      data-bad={isBad || undefined}
      data-stepped={isNews || undefined}
      data-locked={node.locked || undefined}
    >
      <svg className={styles.shape} width={width} height={height} aria-hidden>
        <path className={styles.halo} d={outline} />
        <path className={styles.outline} d={outline} />
        {detail && <path className={styles.detail} d={detail} />}
      </svg>
      {children}
      {node.locked && <Lock className={styles.lock} size={12} aria-hidden />}
      <Badges id={node.id} />
      {canTake && (
        <>
          <Handle id="in" type="target" position={Position.Left} className={styles.in} isConnectableStart={false} />
          <Handle id="above" type="target" position={Position.Top} className={styles.hidden} isConnectable={false} />
          <Handle id="below" type="target" position={Position.Bottom} className={styles.hidden} isConnectable={false} />
        </>
      )}
      {canSend && (
        <>
          <Handle
            id="out"
            type="source"
            position={Position.Right}
            className={styles.out}
            title={t("canvas.connectFrom", { name: node.name })}
            data-connect-from={node.id}
          />
          <Handle id="down" type="source" position={Position.Bottom} className={styles.hidden} isConnectable={false} />
        </>
      )}
    </div>
  );
});

/** The name of a node; while it is being typed, a field. */
export function Name({ node, className }: { node: ScenarioNode; className?: string | undefined }) {
  const isEditing = useCanvas((s) => s.editing?.what === "name" && s.editing.id === node.id);
  if (isEditing) return <NameField node={node} />;
  return (
    <span className={`${styles.name} ${className ?? ""}`} title={node.name}>
      {node.name}
    </span>
  );
}

/** What is written on a face whose body has not been fetched yet. @param shape as the styles call it */
export const nameOnly = (shape?: string) => (props: { node: ScenarioNode }) => (
  <div className={styles.body} data-shape={shape}>
    <Name {...props} />
  </div>
);
