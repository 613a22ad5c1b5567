import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { frames } from "../../bridge/index.ts";
import { useRun } from "../../store/run.ts";
import { useText } from "../../text/index.ts";
import styles from "../edges/Edge.module.css";
import { Line, useRoute, useStepped } from "../edges/Line.tsx";
import { dropRoute, setRoute } from "../edges/routes.ts";
import type { FlowEdge } from "../flow-model.ts";
import { alongRoute } from "../geometry.ts";
import { mark, useLive, write } from "../live.ts";
import BadgeIcon from "../nodes/BadgeIcon.tsx";
import { worstFirst } from "./worst.ts";

/** Several connections between the same two ends, one of them a folded frame: one line, on which the messages of all travel. */
export const BundleEdge = memo(function BundleEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, selected, targetX, targetY } = props;
  const { t, find, format } = useText();
  const rate = useRef<HTMLSpanElement>(null);
  const line = useRef<SVGPathElement>(null);
  const members = data?.members;
  const badges = useRun((s) => s.badges);
  const isNews = useStepped(data);
  const drawn = useRoute(props);
  useEffect(() => {
    for (const edge of members ?? []) setRoute(edge.id, drawn);
    return () => {
      for (const edge of members ?? []) dropRoute(edge.id, drawn);
    };
  }, [members, drawn]);
  useLive(() => {
    let sum = 0;
    for (const edge of members ?? []) sum += frames.metric(edge.id, "messages.rate");
    write(rate.current, sum > 0 ? format.perSecond(sum) : "");
    mark(line.current, "data-active", String(sum > 0));
  });
  if (!data || members === undefined) return null;
  const at = { x: 0, y: 0 };
  alongRoute(drawn.samples, data.labelAt, at);
  const kinds = new Set(members.map((edge) => edge.kind));
  const troubles = worstFirst(members.flatMap((edge) => badges[edge.id] ?? []));
  const [worst] = troubles;
  return (
    <>
      <Line
        drawn={drawn}
        end={{ x: targetX, y: targetY }}
        path={line}
        data-kind={kinds.size === 1 ? data.edge.kind : undefined}
        data-selected={selected || undefined}
        data-troubled={troubles.some((trouble) => trouble !== "tapped") || undefined}
        data-stepped={isNews || undefined}
      />
      <EdgeLabelRenderer>
        <div
          className={`${styles.label} nopan`}
          style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
          data-edge-label={id}
        >
          <span className={styles.chip} title={t("fold.several", { count: members.length })}>
            {t("fold.times", { count: members.length })}
          </span>
          {worst !== undefined && (
            <span className={styles.trouble}>
              <BadgeIcon badge={worst} />
              {find(`canvas.badges.${worst}`) ?? worst}
            </span>
          )}
          <span ref={rate} className={styles.rate} />
        </div>
      </EdgeLabelRenderer>
    </>
  );
});
