import { useRef } from "react";
import { frames } from "../../bridge/index.ts";
import { mark, useLive, write } from "../live.ts";
import styles from "./Ring.module.css";

/** How busy a client is: a ring that fills, with the percentage in it. @param size px, of the whole square @param radius px */
export function Ring({ id, size, radius }: { id: string; size: number; radius: number }) {
  const gauge = useRef<SVGSVGElement>(null);
  const part = useRef<SVGCircleElement>(null);
  const share = useRef<SVGTextElement>(null);
  const round = 2 * Math.PI * radius;
  const middle = size / 2;
  useLive(() => {
    const busy = frames.metric(id, "utilisation");
    const full = Number.isNaN(busy) ? 0 : Math.min(1, Math.max(0, busy));
    mark(part.current, "stroke-dasharray", `${(full * round).toFixed(1)} ${round.toFixed(1)}`);
    // One that makes messages works on none, whatever its type could do.
    const makes = Number.isNaN(busy) && !Number.isNaN(frames.metric(id, "publish.rate"));
    mark(gauge.current, "visibility", makes ? "hidden" : "visible");
    write(share.current, Number.isNaN(busy) ? "–" : `${Math.round(full * 100)}`);
  });
  return (
    <svg ref={gauge} className={styles.ring} width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden>
      <circle cx={middle} cy={middle} r={radius} className={styles.ringTrack} />
      <circle
        ref={part}
        cx={middle}
        cy={middle}
        r={radius}
        className={styles.ringPart}
        strokeDasharray={`0 ${round.toFixed(1)}`}
      />
      <text ref={share} x={middle} y={middle + 3.5} textAnchor="middle" className={styles.ringText}>
        –
      </text>
    </svg>
  );
}
