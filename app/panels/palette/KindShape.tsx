import { kindSpec } from "../../../engine/scenario/index.ts";
import { Glyph } from "../../canvas/nodes/Glyph.tsx";
import { kindTint } from "../../canvas/nodes/kind-tint.ts";
import {
  diamond,
  hexagon,
  lanes,
  lanesBehind,
  notched,
  pentagon,
  pipe,
  pipeRim,
  plainBox,
} from "../../canvas/shapes.ts";
import styles from "./Palette.module.css";

const OUTLINES: Record<string, (w: number, h: number) => string> = { pentagon, diamond, pipe, lanes, hexagon };
const DETAILS: Record<string, (w: number, h: number) => string> = { pipe: pipeRim, lanes: lanesBehind };

/** The shape of a kind, small: the same outline as on the canvas. */
export function KindShape({ kind, size }: { kind: string; size: number }) {
  const shape = kindSpec(kind)?.shape ?? "box";
  const [w, h] = shape === "diamond" ? [52, 40] : [52, 30];
  const outline = shape === "box" ? notched(w, h, kind === "service") : (OUTLINES[shape] ?? plainBox)(w, h);
  const detail = DETAILS[shape]?.(w, h);
  const tint = kindTint(kind);
  return (
    <span className={styles.shape} style={{ width: size * 1.25, height: size }}>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${w} ${h}`}
        style={{
          fill: `var(--${tint}-soft)`,
          stroke: `var(--${tint}-line)`,
          strokeWidth: 1.75,
          ...(shape === "frame" && { strokeDasharray: "4 3" }),
        }}
      >
        <path d={outline} />
        {detail && <path d={detail} fill="none" opacity=".7" />}
      </svg>
      <span className={styles.glyph} style={{ color: `var(--${tint}-text)` }}>
        <Glyph kind={kind} size={size > 40 ? 22 : 12} />
      </span>
    </span>
  );
}
