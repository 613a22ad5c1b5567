import { Handle, type NodeProps, Position } from "@xyflow/react";
import { Lock } from "lucide-react";
import { memo, useRef } from "react";
import { type ScenarioNode, settingsOf } from "../../../engine/scenario/index.ts";
import { isStepped, useRun } from "../../store/run.ts";
import { type Text, useText } from "../../text/index.ts";
import type { FlowNode } from "../flow-model.ts";
import { mark, useLive, write } from "../live.ts";
import BadgeIcon from "../nodes/BadgeIcon.tsx";
import { BAD } from "../nodes/Badges.tsx";
import faces from "../nodes/Face.module.css";
import { Name } from "../nodes/Face.tsx";
import { Glyph } from "../nodes/Glyph.tsx";
import { Vitals } from "../nodes/Vitals.tsx";
import { useCanvas } from "../state.ts";
import { useShown } from "../use-shown.ts";
import FoldButton from "./FoldButton.tsx";
import styles from "./Folded.module.css";
import { countOf, sumsNow, wordOf } from "./figures.ts";
import { foldingOf } from "./now.ts";
import { SUMS, type SumName } from "./sums.ts";
import { worstOf } from "./worst.ts";

const NONE: readonly ScenarioNode[] = [];
const NO_BADGES: readonly string[] = [];

/** A card on top of others. */
const card = (w: number, h: number): string =>
  `M11,1H${w - 11}Q${w - 1},1 ${w - 1},11V${h - 11}Q${w - 1},${h - 1} ${w - 11},${h - 1}H11Q1,${h - 1} 1,${h - 11}V11Q1,1 11,1Z`;
const cardsBelow = (w: number, h: number): string => `M9,${h + 2.5}H${w - 9}M16,${h + 6}H${w - 16}`;

/** A folded frame: what it is, what it holds, and the figures of its inside added up. */
export const FoldedNode = memo(function FoldedNode({
  id,
  data,
  selected,
  width = 224,
  height = 112,
}: NodeProps<FlowNode>) {
  const words = useText();
  const { t, find, of, format } = words;
  const { node } = data;
  const whole = useShown();
  useCanvas((s) => s.folds);
  const nodes = foldingOf(whole)?.inside.get(id) ?? NONE;
  const isNews = useRun((s) => nodes.some((one) => isStepped(s, one.id)));
  const cells = useRef<Partial<Record<SumName, HTMLElement | null>>>({});
  const shown = SUMS.filter((name) => name in sumsNow(whole, nodes));
  useLive(() => {
    const sums = sumsNow(whole, nodes);
    for (const name of shown) {
      const cell = cells.current[name] ?? null;
      write(cell, wordOf(name, sums[name] ?? Number.NaN, format));
      if (name === "gone") mark(cell?.parentElement ?? null, "data-none", String(!((sums.gone ?? 0) > 0)));
    }
  });
  const heading = of(settingsOf(node).title as string | Text | undefined);
  return (
    <div
      className={`${faces.face} ${styles.folded}`}
      data-kind={node.kind}
      data-tint="annotate"
      data-selected={selected || undefined}
      data-stepped={isNews || undefined}
      data-locked={node.locked || undefined}
    >
      <svg className={faces.shape} width={width} height={height} aria-hidden>
        <path className={faces.detail} d={cardsBelow(width, height)} />
        <path className={faces.halo} d={card(width, height)} />
        <path className={faces.outline} d={card(width, height)} />
      </svg>
      <div className={styles.body}>
        <div className={styles.head}>
          <FoldButton node={node} isFolded />
          <Glyph kind={node.kind} />
          {heading === "" ? (
            <Name node={node} />
          ) : (
            <span className={faces.name} title={heading}>
              {heading}
            </span>
          )}
        </div>
        <p className={styles.kind}>
          {find(`kinds.${node.kind}.name`)} · {t("fold.nodes", { count: countOf(nodes) })}
        </p>
        <dl className={styles.sums}>
          {shown.map((name) => (
            <div key={name} data-sum={name} title={t(`fold.means.${name}`)}>
              <dt>{t(`fold.sums.${name}`)}</dt>
              <dd
                ref={(cell) => {
                  cells.current[name] = cell;
                }}
              />
            </div>
          ))}
        </dl>
      </div>
      {node.locked && <Lock className={faces.lock} size={12} aria-hidden />}
      <States id={id} nodes={nodes} />
      <div className={styles.under}>
        <Vitals node={node} />
      </div>
      {ENDS.map(({ id: end, type, position }) => (
        <Handle key={end} id={end} type={type} position={position} className={faces.hidden} isConnectable={false} />
      ))}
    </div>
  );
});

const ENDS = [
  { id: "in", type: "target", position: Position.Left },
  { id: "above", type: "target", position: Position.Top },
  { id: "below", type: "target", position: Position.Bottom },
  { id: "out", type: "source", position: Position.Right },
  { id: "down", type: "source", position: Position.Bottom },
] as const;

/** Its own states, and the worst inside with the name of whom it concerns. */
function States({ id, nodes }: { id: string; nodes: readonly ScenarioNode[] }) {
  const { t, find } = useText();
  const { edges } = useShown();
  const own = useRun((s) => s.badges[id] ?? NO_BADGES);
  const badges = useRun((s) => s.badges);
  const worst = worstOf(nodes, edges, badges);
  if (own.length === 0 && worst === null) return null;
  const word = (badge: string) => find(`canvas.badges.${badge}`) ?? badge;
  const name = nodes.find((node) => node.id === worst?.of)?.name ?? "";
  return (
    <ul className={faces.badges}>
      {own.map((badge) => (
        <li key={badge} className={faces.badge} data-bad={BAD.has(badge) || undefined}>
          <BadgeIcon badge={badge} />
          {word(badge)}
        </li>
      ))}
      {worst !== null && (
        <li className={faces.badge} data-bad={BAD.has(worst.badge) || undefined}>
          <BadgeIcon badge={worst.badge} />
          {t("fold.state", { name, state: word(worst.badge) })}
          {worst.others > 0 && ` +${worst.others}`}
        </li>
      )}
    </ul>
  );
}
