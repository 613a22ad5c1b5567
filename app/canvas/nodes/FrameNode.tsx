import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { settingsOf } from "../../../engine/scenario/index.ts";
import { fetched } from "../../fetched.tsx";
import { type Text, useText } from "../../text/index.ts";
import type { FlowNode } from "../flow-model.ts";
import { Badges } from "./Badges.tsx";
import { Name } from "./Face.tsx";
import styles from "./Frame.module.css";
import { Glyph } from "./Glyph.tsx";
import { Resizer } from "./Resizer.tsx";
import { Vitals } from "./Vitals.tsx";

const FoldButton = fetched(
  () => import("../folding/FoldButton.tsx"),
  () => <i className={styles.fold} />,
);

/** A broker, a consumer group or a plain frame: a border with a heading around other nodes. */
export const FrameNode = memo(function FrameNode({ id, data, selected }: NodeProps<FlowNode>) {
  const { of, t } = useText();
  const { node } = data;
  const { title, vhost } = settingsOf(node);
  const heading = of(title as string | Text | undefined);
  return (
    <div className={styles.frame} data-kind={node.kind} data-selected={selected || undefined}>
      <Resizer node={node} isVisible={selected} />
      <div className={styles.heading}>
        <FoldButton node={node} />
        <Glyph kind={node.kind} />
        {heading === "" ? <Name node={node} /> : <span>{heading}</span>}
        {node.kind === "broker" && typeof vhost === "string" && vhost !== "/" && (
          <span className={styles.vhost} title={t("canvas.face.vhost")}>
            {vhost}
          </span>
        )}
        <Vitals node={node} />
      </div>
      <Badges id={id} />
    </div>
  );
});
