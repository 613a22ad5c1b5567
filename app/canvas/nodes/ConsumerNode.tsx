import type { NodeProps } from "@xyflow/react";
import { memo, useRef } from "react";
import { settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import type { FlowNode } from "../flow-model.ts";
import { useLive, write } from "../live.ts";
import { notched } from "../shapes.ts";
import styles from "./Face.module.css";
import { Face, Name } from "./Face.tsx";
import { Glyph } from "./Glyph.tsx";
import own from "./Ring.module.css";
import { Ring } from "./Ring.tsx";

export const ConsumerNode = memo(function ConsumerNode({
  id,
  data,
  selected,
  width = 160,
  height = 80,
}: NodeProps<FlowNode>) {
  const { format, t } = useText();
  const rate = useRef<HTMLSpanElement>(null);
  const held = useRef<HTMLSpanElement>(null);
  const failing = useRef<HTMLSpanElement>(null);
  const { node } = data;
  const isService = node.kind === "service";
  const { instances } = settingsAs("consumer", node);
  useLive(() => {
    write(rate.current, format.perSecond(frames.metric(id, "processed.rate")));
    const inside = frames.metric(id, "inFlight");
    const errors = frames.metric(id, "errors.rate");
    write(held.current, Number.isNaN(inside) ? "" : t("canvas.face.inFlight", { count: format.count(inside) }));
    write(failing.current, errors > 0 ? t("canvas.face.errors", { rate: format.perSecond(errors) }) : "");
  });
  return (
    <Face
      node={node}
      selected={selected}
      width={width}
      height={height}
      outline={notched(width, height, isService)}
      tint="consumer"
      canSend={isService}
      canTake
    >
      {instances > 1 && <span className={own.stack} aria-hidden />}
      <div className={styles.body} data-shape="box" data-service={isService || undefined}>
        <div className={styles.head}>
          <Glyph kind={node.kind} />
          <Name node={node} />
          {instances > 1 && <span className={styles.times}>×{instances}</span>}
        </div>
        <div className={styles.row}>
          <div className={styles.figures}>
            <span ref={rate} className={styles.big} />
            <span ref={held} className={styles.small} />
            <span ref={failing} className={styles.small} />
          </div>
          <Ring id={id} size={38} radius={15} />
        </div>
      </div>
    </Face>
  );
});
