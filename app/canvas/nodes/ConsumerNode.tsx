import type { NodeProps } from "@xyflow/react";
import { memo, useRef } from "react";
import { settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useText } from "../../text/index.ts";
import type { FlowNode } from "../flow-model.ts";
import { mark, useLive, write } from "../live.ts";
import { notched } from "../shapes.ts";
import styles from "./Face.module.css";
import { Face, Name } from "./Face.tsx";
import { Glyph } from "./Glyph.tsx";
import own from "./Ring.module.css";

const RADIUS = 15;
const ROUND = 2 * Math.PI * RADIUS;

export const ConsumerNode = memo(function ConsumerNode({
  id,
  data,
  selected,
  width = 160,
  height = 80,
}: NodeProps<FlowNode>) {
  const { format, t } = useText();
  const ring = useRef<SVGCircleElement>(null);
  const share = useRef<SVGTextElement>(null);
  const rate = useRef<HTMLSpanElement>(null);
  const held = useRef<HTMLSpanElement>(null);
  const failing = useRef<HTMLSpanElement>(null);
  const { node } = data;
  const isService = node.kind === "service";
  const { instances } = settingsAs("consumer", node);
  useLive(() => {
    const busy = frames.metric(id, "utilisation");
    const part = Number.isNaN(busy) ? 0 : Math.min(1, Math.max(0, busy));
    mark(ring.current, "stroke-dasharray", `${(part * ROUND).toFixed(1)} ${ROUND.toFixed(1)}`);
    write(share.current, Number.isNaN(busy) ? "–" : `${Math.round(part * 100)}`);
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
          <svg className={own.ring} width="38" height="38" viewBox="0 0 38 38" aria-hidden>
            <circle cx="19" cy="19" r={RADIUS} className={own.ringTrack} />
            <circle
              ref={ring}
              cx="19"
              cy="19"
              r={RADIUS}
              className={own.ringPart}
              strokeDasharray={`0 ${ROUND.toFixed(1)}`}
            />
            <text ref={share} x="19" y="22.5" textAnchor="middle" className={own.ringText}>
              –
            </text>
          </svg>
        </div>
      </div>
    </Face>
  );
});
