import { absolutePosition, kindSpec, type Scenario } from "../../../engine/scenario/index.ts";
import { sizeOf } from "../../canvas/flow-model.ts";
import { fold } from "../../canvas/folding/fold.ts";
import styles from "./Examples.module.css";

/** A drawing in the size of a stamp: shapes and lines, no words. Only to be recognised by, so it has no name of its own. */
export function Miniature({ scenario: whole }: { scenario: Scenario }) {
  const scenario = fold(whole)?.scenario ?? whole;
  const boxes = new Map(
    scenario.nodes
      .filter((node) => node.kind !== "note")
      .map((node) => {
        return [node.id, { node, ...absolutePosition(scenario, node), ...sizeOf(node) }] as const;
      }),
  );
  const all = [...boxes.values()];
  if (all.length === 0) return null;
  const left = Math.min(...all.map(({ x }) => x)) - 2;
  const top = Math.min(...all.map(({ y }) => y)) - 2;
  const width = Math.max(...all.map(({ x, w }) => x + w)) + 2 - left;
  const height = Math.max(...all.map(({ y, h }) => y + h)) + 2 - top;
  return (
    <svg className={styles.miniature} viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
      {all
        .filter(({ node }) => kindSpec(node.kind)?.shape === "frame")
        .map(({ node, x, y, w, h }) => (
          <rect key={node.id} x={x} y={y} width={w} height={h} rx={1.5} data-kind="frame" />
        ))}
      {scenario.edges.map((edge) => {
        const from = boxes.get(edge.from);
        const to = boxes.get(edge.to);
        if (from === undefined || to === undefined) return null;
        const [ax, ay] = [from.x + from.w, from.y + from.h / 2];
        const [bx, by] = [to.x, to.y + to.h / 2];
        const reach = Math.max(3, Math.abs(bx - ax) / 2);
        return <path key={edge.id} d={`M${ax} ${ay}C${ax + reach} ${ay} ${bx - reach} ${by} ${bx} ${by}`} />;
      })}
      {all
        .filter(({ node }) => kindSpec(node.kind)?.shape !== "frame")
        .map(({ node, x, y, w, h }) =>
          node.kind === "exchange" ? (
            <path
              key={node.id}
              data-kind="exchange"
              d={`M${x} ${y + h / 2}L${x + w / 2} ${y}L${x + w} ${y + h / 2}L${x + w / 2} ${y + h}Z`}
            />
          ) : (
            <rect
              key={node.id}
              data-kind={node.kind}
              x={x}
              y={y}
              width={w}
              height={h}
              rx={kindSpec(node.kind)?.shape === "pipe" ? h / 2 : 1}
            />
          ),
        )}
    </svg>
  );
}
