import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useText } from "../../text/index.ts";
import type { FlowNode } from "../flow-model.ts";
import { plainBox } from "../shapes.ts";
import styles from "./Face.module.css";
import { Face, Name } from "./Face.tsx";
import { Glyph } from "./Glyph.tsx";

/** A kind of another version: it stays in the document, keeps its connections, and does nothing. */
export const UnknownNode = memo(function UnknownNode({
  data,
  selected,
  width = 160,
  height = 80,
}: NodeProps<FlowNode>) {
  const { t } = useText();
  const { node } = data;
  return (
    <Face
      node={node}
      selected={selected}
      width={width}
      height={height}
      outline={plainBox(width, height)}
      tint="annotate"
      canSend
      canTake
    >
      <div className={styles.body} data-shape="box">
        <div className={styles.head}>
          <Glyph kind={node.kind} />
          <Name node={node} />
        </div>
        <span className={styles.small}>{t("canvas.face.unknown", { kind: node.kind })}</span>
      </div>
    </Face>
  );
});
