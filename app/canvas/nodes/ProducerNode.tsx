import type { NodeProps } from "@xyflow/react";
import { memo, useRef } from "react";
import { settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import type { FlowNode } from "../flow-model.ts";
import { useLive, write } from "../live.ts";
import { pentagon } from "../shapes.ts";
import styles from "./Face.module.css";
import { Face, Name } from "./Face.tsx";
import { Glyph } from "./Glyph.tsx";

export const ProducerNode = memo(function ProducerNode({
  id,
  data,
  selected,
  width = 160,
  height = 80,
}: NodeProps<FlowNode>) {
  const { format, t } = useText();
  const rate = useRef<HTMLSpanElement>(null);
  const more = useRef<HTMLSpanElement>(null);
  const { node } = data;
  const { waitFor, window, rate: wanted, instances } = settingsAs("producer", node);
  useLive(() => {
    const published = frames.metric(id, "publish.rate");
    // What is set stands for what is not measured yet, unless neither may be seen.
    const isHidden = frames.isMasked(id, "publish.rate") || frames.isMasked(id, "rate");
    write(rate.current, format.perSecond(Number.isNaN(published) && !isHidden ? wanted : published));
    const retries = frames.metric(id, "retry.rate");
    const open = frames.metric(id, "outbox");
    const parts: string[] = [];
    if (waitFor !== "nothing" && !Number.isNaN(open))
      parts.push(t("canvas.face.unconfirmed", { count: format.count(open), window: format.count(window) }));
    if (retries > 0) parts.push(t("canvas.face.retries", { rate: format.perSecond(retries) }));
    write(more.current, parts.join(" · "));
  });
  return (
    <Face
      node={node}
      selected={selected}
      width={width}
      height={height}
      outline={pentagon(width, height)}
      tint="producer"
      canSend
      canTake={false}
    >
      <div className={styles.body} data-shape="pentagon">
        <div className={styles.head}>
          <Glyph kind={node.kind} />
          <Name node={node} />
          {instances > 1 && <span className={styles.times}>×{instances}</span>}
        </div>
        <div className={styles.figures}>
          <span ref={rate} className={styles.big} />
          <span ref={more} className={styles.small} />
        </div>
      </div>
    </Face>
  );
});
