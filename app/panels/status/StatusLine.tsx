import { CloudOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { frames, metric } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { EventSentence } from "../dock/events/EventSentence.tsx";
import { Hint } from "../shell/Hint.tsx";
import { Announcer } from "./Announcer.tsx";
import styles from "./StatusLine.module.css";
import { balances, reasonsOf, TOTALS } from "./totals.ts";
import { useTick } from "./use-tick.ts";

function SelectionSummary() {
  const { t, find } = useText();
  const { nodes, edges } = useView((s) => s.selection);
  const scenario = useDocument((s) => s.scenario);
  const nameOf = (id: string) => scenario.nodes.find((node) => node.id === id)?.name ?? id;
  const kindName = (kind: string) => find(`kinds.${kind}.name`) ?? kind;
  const count = nodes.length + edges.length;
  const node = scenario.nodes.find((one) => one.id === nodes[0]);
  const edge = scenario.edges.find((one) => one.id === edges[0]);
  if (count > 1) return t("panels.status.several", { count });
  if (node) return t("panels.status.oneNode", { name: node.name, kind: kindName(node.kind) });
  if (edge)
    return t("panels.status.oneEdge", { from: nameOf(edge.from), to: nameOf(edge.to), kind: kindName(edge.kind) });
  return t("panels.status.contents", {
    nodes: t("panels.inspector.document.nodes", { count: scenario.nodes.length }),
    edges: t("panels.inspector.document.edges", { count: scenario.edges.length }),
  });
}

/** The ledger in one line, read four times a second. */
function Totals() {
  const { t, find, format } = useText();
  useTick(4);
  const read = (name: string) => metric("system", name);
  const isBalanced = balances(read);
  const sockets = useDocument((s) => s.scenario).nodes.filter(({ kind }) => kind === "socket" || kind === "proxy");
  const dropped = sockets.reduce((sum, { id }) => sum + (metric(id, "dropped.total") || 0), 0);
  const why = (of: "discarded" | "lost") => {
    const reasons = reasonsOf(of, frames.metrics("system"), read).map(({ reason, n }) =>
      t("panels.status.reason", { reason: find(`events.reasons.${reason}`) ?? reason, n: format.number(n) }),
    );
    return reasons.length === 0 ? undefined : t("panels.status.why", { reasons: reasons.join(" · ") });
  };
  return (
    <dl
      className={styles.totals}
      aria-label={t("panels.status.totals")}
      tabIndex={0}
      // The moment that they are of, µs: the clock is ahead of them by what a person does not notice.
      data-totals={frames.latest?.time ?? 0}
    >
      {TOTALS.map(({ name, metric: of }) => {
        const value = read(of);
        const hint =
          name === "discarded" || name === "lost"
            ? why(name)
            : name === "published"
              ? t(isBalanced ? "panels.status.balance" : "panels.status.imbalance")
              : undefined;
        const isBad = (name === "lost" && value > 0) || (name === "published" && !isBalanced);
        const figure = (
          <div
            key={name}
            className={styles.total}
            data-total={name}
            data-value={Number.isNaN(value) ? undefined : value}
            data-bad={isBad || undefined}
            {...(hint !== undefined && { title: hint })}
          >
            <dt>{t(`panels.status.${name}`)}</dt>
            <dd>{Number.isNaN(value) ? "–" : format.count(value)}</dd>
          </div>
        );
        return figure;
      })}
      {dropped > 0 && (
        <div className={styles.total} data-total="dropped" data-value={dropped} title={t("panels.status.droppedHint")}>
          <dt>{t("panels.status.dropped")}</dt>
          <dd>{format.count(dropped)}</dd>
        </div>
      )}
    </dl>
  );
}

const onLine = (listener: () => void) => {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
};

function Engine() {
  const { t } = useText();
  const status = useRun((s) => s.status);
  const panel = useView((s) => s.panel);
  const isOnline = useSyncExternalStore(onLine, () => navigator.onLine);
  return (
    <div className={styles.engine}>
      {!isOnline && (
        <Hint text={t("panels.status.offlineHint")}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its hint must be reachable by keyboard */}
          <span className={styles.offline} tabIndex={0}>
            <CloudOff size={14} aria-hidden />
            {t("panels.status.offline")}
          </span>
        </Hint>
      )}
      {status === "refused" || status === "fault" ? (
        <button
          type="button"
          className={styles.state}
          data-state={status}
          title={t(`panels.status.stateHint.${status}`)}
          onClick={() => panel("dock", { open: true, tab: "problems" })}
        >
          {t(`panels.status.state.${status}`)}
        </button>
      ) : (
        <span className={styles.state} data-state={status} title={t(`panels.status.stateHint.${status}`)}>
          {t(`panels.status.state.${status}`)}
        </span>
      )}
    </div>
  );
}

/** One line at the foot of the page: what is selected or what the last step did, the ledger, and how the engine is. */
export default function StatusLine() {
  const stepped = useRun((s) => s.stepped);
  const reason = useRun((s) => s.reason);
  const isStep = stepped !== null && reason === "step";
  return (
    <div className={styles.line} data-step={isStep || undefined}>
      <div className={styles.left}>{isStep ? <EventSentence event={stepped} /> : <SelectionSummary />}</div>
      <Totals />
      <Engine />
      <Announcer />
    </div>
  );
}
