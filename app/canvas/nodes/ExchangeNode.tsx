import type { NodeProps } from "@xyflow/react";
import { memo, useRef } from "react";
import { settingsOf } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import type { FlowNode } from "../flow-model.ts";
import { useLive, write } from "../live.ts";
import { diamond } from "../shapes.ts";
import { ExchangeGlyph } from "./ExchangeGlyph.tsx";
import styles from "./Face.module.css";
import { Face, Name } from "./Face.tsx";

export const ExchangeNode = memo(function ExchangeNode({
  id,
  data,
  selected,
  width = 128,
  height = 112,
}: NodeProps<FlowNode>) {
  const { format, t } = useText();
  const rates = useRef<HTMLSpanElement>(null);
  const lost = useRef<HTMLSpanElement>(null);
  const { node } = data;
  const type = String(settingsOf(node).type);
  useLive(() => {
    const into = frames.metric(id, "in.rate");
    const out = frames.metric(id, "out.rate");
    write(rates.current, Number.isNaN(into) ? "" : `${format.rate(into)} → ${format.rate(out)}`);
    const unroutable = frames.metric(id, "unroutable.total");
    write(lost.current, unroutable > 0 ? t("canvas.face.unroutable", { count: format.count(unroutable) }) : "");
  });
  return (
    <Face
      node={node}
      selected={selected}
      width={width}
      height={height}
      outline={diamond(width, height)}
      tint="exchange"
      canSend
      canTake
    >
      <div className={styles.body} data-shape="diamond">
        <ExchangeGlyph type={type} />
        <Name node={node} />
        <span ref={rates} className={styles.small} />
      </div>
      <span ref={lost} className={styles.under} />
    </Face>
  );
});
