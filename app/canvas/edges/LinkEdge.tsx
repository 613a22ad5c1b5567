import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { settingsOf } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { fetched } from "../../fetched.tsx";
import { useRun } from "../../store/run.ts";
import { useText } from "../../text/index.ts";
import type { FlowEdge } from "../flow-model.ts";
import { alongRoute } from "../geometry.ts";
import { LateBundle } from "../late.tsx";
import { mark, useLive, write } from "../live.ts";
import { useCanvas } from "../state.ts";
import styles from "./Edge.module.css";
import { Line, useRoute, useStepped } from "./Line.tsx";
import { dropRoute, setRoute } from "./routes.ts";

/** Wanted when a label is written. */
const LabelField = fetched(() => import("./LabelField.tsx"));

const BadgeIcon = fetched(() => import("../nodes/BadgeIcon.tsx"));
const NONE: readonly string[] = [];

export const LinkEdge = memo(function LinkEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, selected, targetX, targetY } = props;
  const { t, find, format } = useText();
  const troubles = useRun((s) => s.badges[id] ?? NONE);
  const rate = useRef<HTMLSpanElement>(null);
  const line = useRef<SVGPathElement>(null);
  const drawn = useRoute(props);
  useEffect(() => {
    setRoute(id, drawn);
    return () => dropRoute(id, drawn);
  }, [id, drawn]);
  const isNews = useStepped(data);
  const isEditing = useCanvas((s) => s.editing?.what === "label" && s.editing.id === id);
  useLive(() => {
    const now = frames.metric(id, "messages.rate");
    const isActive = now > 0;
    write(rate.current, isActive ? format.perSecond(now) : "");
    mark(line.current, "data-active", String(isActive));
  });
  if (!data) return null;
  const { edge, label, asks, labelAt } = data;
  const at = { x: 0, y: 0 };
  alongRoute(drawn.samples, labelAt, at);
  const settings = settingsOf(edge);
  const isCut = settings.partitioned === true || troubles.includes("cut");
  const troubled = troubles.map((trouble) => find(`canvas.badges.${trouble}`) ?? trouble).join(" · ");
  const dead = label === "" ? t("canvas.edge.dlx") : t("redis.face.after", { count: label });
  const word = edge.kind === "deadLetter" ? dead : edge.kind === "alternate" ? t("canvas.edge.alternate") : label;
  return (
    <>
      <Line
        drawn={drawn}
        end={{ x: targetX, y: targetY }}
        path={line}
        data-kind={edge.kind}
        data-selected={selected || undefined}
        data-cut={isCut || undefined}
        data-troubled={troubles.some((trouble) => trouble !== "tapped") || undefined}
        data-stepped={isNews || undefined}
      />
      <EdgeLabelRenderer>
        <div
          className={`${styles.label} nopan`}
          style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
          data-kind={edge.kind}
          data-edge-label={id}
        >
          {isEditing && asks ? (
            <LabelField edge={edge} asks={asks} />
          ) : (
            (word !== "" || isCut) &&
            !troubles.includes("cut") && (
              <span className={styles.chip} data-asks={asks ?? undefined} title={word}>
                {isCut ? t("canvas.edge.cut") : word}
              </span>
            )
          )}
          {settings.tls === true && (
            <span className={styles.chip} title={t("canvas.edge.encrypted")}>
              <BadgeIcon badge="encrypted" />
            </span>
          )}
          {troubled !== "" && (
            <span className={styles.trouble}>
              <BadgeIcon badge={troubles[0] ?? "cut"} />
              {troubled}
            </span>
          )}
          <span ref={rate} className={styles.rate} />
        </div>
      </EdgeLabelRenderer>
    </>
  );
});

export const edgeTypes = { link: LinkEdge, bundle: LateBundle };
