import { ArrowLeft, ArrowRight, X } from "lucide-react";
import { groupOf, remove, type ScenarioEdge, settingsOf } from "../../../engine/scenario/index.ts";
import { metric } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { useTick } from "../status/use-tick.ts";
import { AddConnection } from "./AddConnection.tsx";
import styles from "./Connections.module.css";
import inspector from "./Inspector.module.css";

function Row({ edge, self, isLocked }: { edge: ScenarioEdge; self: string; isLocked: boolean }) {
  const { t, find, format } = useText();
  const apply = useDocument((s) => s.apply);
  const readOnly = useDocument((s) => s.readOnly);
  const nodes = useDocument((s) => s.scenario.nodes);
  const select = useView((s) => s.select);
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? id;
  const other = edge.from === self ? edge.to : edge.from;
  const { key, pattern } = settingsOf(edge);
  const group = useDocument((s) => groupOf(s.scenario, edge));
  const reads =
    group !== ""
      ? t("redis.link.group", { group })
      : typeof pattern === "string" && pattern !== ""
        ? t("redis.link.pattern", { pattern })
        : "";
  const rate = metric(edge.id, "messages.rate");
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.open}
        aria-label={t("panels.inspector.connections.select", { from: nameOf(edge.from), to: nameOf(edge.to) })}
        onClick={() => select({ edges: [edge.id] })}
      >
        {edge.from === self ? <ArrowRight size={14} aria-hidden /> : <ArrowLeft size={14} aria-hidden />}
        <span className={styles.name}>{nameOf(other)}</span>
        <span className={styles.kind}>
          {find(`kinds.${edge.kind}.name`) ?? edge.kind}
          {reads !== "" && ` · ${reads}`}
          {edge.kind === "binding" && typeof key === "string" && (
            <>
              {" "}
              ·{" "}
              {key === "" ? t("panels.inspector.connections.emptyKey") : t("panels.inspector.connections.key", { key })}
            </>
          )}
        </span>
        <span className={`${styles.rate} ${controls.figures}`}>{Number.isNaN(rate) ? "" : format.perSecond(rate)}</span>
      </button>
      <button
        type="button"
        className={controls.iconButton}
        aria-label={t("panels.inspector.connections.remove", { name: nameOf(other) })}
        disabled={readOnly || isLocked}
        onClick={() => apply((scenario) => remove(scenario, [edge.id]))}
      >
        <X size={14} aria-hidden />
      </button>
    </li>
  );
}

/** What a node is connected to, and the way to connect it without dragging. */
export function Connections({ id }: { id: string }) {
  const { t } = useText();
  useTick(2);
  const edges = useDocument((s) => s.scenario.edges);
  const isLocked = useDocument((s) => s.scenario.nodes.find((node) => node.id === id)?.locked === true);
  const incoming = edges.filter((edge) => edge.to === id);
  const outgoing = edges.filter((edge) => edge.from === id);
  return (
    <div className={styles.connections}>
      <AddConnection id={id} />
      {incoming.length + outgoing.length === 0 && (
        <p className={inspector.empty}>{t("panels.inspector.connections.none")}</p>
      )}
      {(
        [
          ["in", incoming],
          ["out", outgoing],
        ] as const
      ).map(
        ([way, list]) =>
          list.length > 0 && (
            <section key={way}>
              <h3 className={inspector.sectionTitle}>{t(`panels.inspector.connections.${way}`)}</h3>
              <ul>
                {list.map((edge) => (
                  <Row key={edge.id} edge={edge} self={id} isLocked={isLocked} />
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  );
}
