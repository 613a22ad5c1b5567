import { Crosshair, List } from "lucide-react";
import type { MessageTrace } from "../../../../engine/worker/protocol.ts";
import { useDocument } from "../../../store/document.ts";
import { useLife } from "../../../store/life.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { DelayBar } from "./DelayBar.tsx";
import { showEvents, showMessage } from "./go.ts";
import { LegView } from "./LegView.tsx";
import styles from "./Messages.module.css";
import { useIsQuick } from "./quick.ts";
import { standingOf } from "./timeline.ts";
import { useTrace } from "./use-trace.ts";

/** One message's life: what it is, how long each stage took, and every copy and try step by step. */
export function TraceView({ message }: { message: number }) {
  const words = useText();
  const { t } = words;
  const trace = useTrace(message);
  const isQuick = useIsQuick();
  const isHidden = useDocument((s) => s.restrictions?.hidesSettings === true);
  // How long each stage takes is what the settings say.
  if (isHidden) return <p className={styles.pick}>{t("lesson.hiddenField")}</p>;
  if (trace === null) return <p className={styles.pick}>{t("life.waiting", { message })}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={styles.trace} aria-label={t("life.timeline", { message })} tabIndex={0}>
      <Head trace={trace} />
      {trace.legs.length === 0 && (
        <p className={styles.empty}>{t(isQuick ? "life.tooQuick" : "life.unknown", { message })}</p>
      )}
      {!trace.isWhole && trace.legs.length > 0 && <p className={styles.remark}>{t("life.cut")}</p>}
      {trace.legs.some(({ outcome }) => outcome === "unrecorded") && <p className={styles.remark}>{t("life.quick")}</p>}
      <DelayBar trace={trace} />
      <div className={styles.legs}>
        {trace.legs.map((leg) => (
          <LegView key={leg.id} trace={trace} leg={leg} />
        ))}
      </div>
    </section>
  );
}

function Head({ trace }: { trace: MessageTrace }) {
  const { t, find, format } = useText();
  const follows = useLife((s) => s.follows);
  const { message, facts, cause } = trace;
  const standing = standingOf(trace);
  const first = trace.legs[0]?.events[0];
  const nodes = useDocument((s) => s.scenario.nodes);
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? id;
  return (
    <header className={styles.head}>
      <h3 className={styles.title}>
        {t("life.title", { message })}
        <span className={styles.standing} data-standing={standing}>
          {find(`life.standing.${standing}`)}
        </span>
      </h3>
      {first !== undefined && trace.isWhole && (
        <span className={styles.quiet}>
          {t("life.from", { node: nameOf(first.node), time: format.clock(first.t) })}
        </span>
      )}
      <span className={styles.tools}>
        {cause > 0 && (
          <button type="button" className={controls.button} onClick={() => showMessage(cause)}>
            {t("life.cause", { message: cause })}
          </button>
        )}
        <button
          type="button"
          className={controls.button}
          aria-pressed={follows}
          title={t("life.followHint")}
          onClick={() => useLife.setState({ follows: !follows })}
        >
          <Crosshair size={14} aria-hidden />
          {t("life.follow")}
        </button>
        <button type="button" className={controls.button} onClick={() => showEvents({ message })}>
          <List size={14} aria-hidden />
          {t("life.events")}
        </button>
      </span>
      {facts !== null && <Facts facts={facts} />}
    </header>
  );
}

function Facts({ facts }: { facts: NonNullable<MessageTrace["facts"]> }) {
  const { t, format } = useText();
  const rows: [string, string][] = [
    ...(facts.key === "" ? [] : ([[t("life.key"), facts.key]] as [string, string][])),
    [t("life.routingKey"), facts.routingKey === "" ? "–" : facts.routingKey],
    [t("life.exchange"), facts.exchange === "" ? t("life.defaultExchange") : facts.exchange],
    [t("life.size"), format.bytes(facts.size)],
    [t("life.priority"), facts.priority < 0 ? "–" : String(facts.priority)],
    ...(facts.expirationMs < 0
      ? []
      : ([[t("life.ttl"), format.duration(facts.expirationMs * 1000)]] as [string, string][])),
    [t("life.persistent"), t(facts.persistent ? "life.yes" : "life.no")],
  ];
  return (
    <dl className={styles.facts} aria-label={t("life.facts")}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
