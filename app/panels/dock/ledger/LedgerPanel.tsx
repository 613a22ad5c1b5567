import { type ReactNode, useState } from "react";
import type { LedgerPicture } from "../../../../engine/worker/protocol.ts";
import { frames } from "../../../bridge/index.ts";
import { askLedger } from "../../../bridge/life.ts";
import { useDocument } from "../../../store/document.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { showEvents } from "../messages/go.ts";
import { useAnswer } from "../messages/use-trace.ts";
import { outBy, partsOf, reasonRows, total, type Unit, withoutHidden } from "./account.ts";
import { FlowPicture } from "./FlowPicture.tsx";
import styles from "./Ledger.module.css";

/** What became of every message: a table that balances, and the same as flows. */
export default function LedgerPanel() {
  const { t } = useText();
  const ledger = useAnswer("ledger", askLedger);
  if (ledger === null) return null;
  if (ledger.messages.made === 0) return <p className={styles.empty}>{t("life.ledger.nothing")}</p>;
  return <Account ledger={withoutHidden(ledger, (node, name) => frames.isMasked(node, name))} />;
}

/** What they hold is read, and stays. */
const LOGS: ReadonlySet<string> = new Set(["stream", "topic", "rmqTopic"]);

function Account({ ledger }: { ledger: LedgerPicture }) {
  const { t, find, format } = useText();
  const nodes = useDocument((s) => s.scenario.nodes);
  const [unit, setUnit] = useState<Unit>("messages");
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? id;
  const labelOf = (id: string): string => {
    const at = id.indexOf(":");
    const rest = id.slice(at + 1);
    if (id === "") return t(unit === "messages" ? "life.ledger.published" : "life.ledger.copies");
    if (at < 0) return find(`life.ledger.${id}`) ?? id;
    if (id.startsWith("reason:")) return find(`events.reasons.${rest}`) ?? rest;
    // RocketMQ's brokers keep copies that no queue shows: what was tried again, what a slave has not got yet.
    const keepsAside = nodes.some(({ kind }) => kind === "rmqTopic");
    if (rest === "") return t(keepsAside ? "life.ledger.aside" : "life.ledger.elsewhere");
    const kind = nodes.find((node) => node.id === rest)?.kind ?? "";
    const held = LOGS.has(kind) ? "kept" : kind === "rmqGroup" ? "again" : "ready";
    return t(`life.ledger.${id.startsWith("ready:") ? held : "unacked"}`, { node: nameOf(rest) });
  };
  const out = outBy(ledger.messages) || outBy(ledger.copies);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={styles.panel} aria-label={t("life.ledger.title")} tabIndex={0}>
      <p className={styles.equation}>
        {t("life.ledger.equation")}{" "}
        <b data-out={out !== 0 || undefined}>
          {out === 0 ? t("life.ledger.balanced") : t("life.ledger.broken", { n: format.number(out) })}
        </b>
      </p>
      <div className={styles.both}>
        <LedgerTable ledger={ledger} labelOf={labelOf} />
        <div className={styles.flows}>
          <fieldset className={styles.units} aria-label={t("life.ledger.picture")}>
            {(["messages", "copies"] as const).map((one) => (
              <button
                key={one}
                type="button"
                className={controls.button}
                aria-pressed={unit === one}
                onClick={() => setUnit(one)}
              >
                {t(`life.ledger.${one}`)}
              </button>
            ))}
          </fieldset>
          <FlowPicture parts={partsOf(ledger, unit)} made={ledger[unit].made} labelOf={labelOf} />
        </div>
      </div>
    </section>
  );
}

interface RowProps {
  name: string;
  messages: number | null;
  copies: number;
  /** Part of the row above. */
  isPart?: boolean;
  id: string;
  onShow?: () => void;
  of: number;
}

function Row({ name, messages, copies, isPart = false, id, onShow, of }: RowProps) {
  const { t, format } = useText();
  const label: ReactNode =
    onShow === undefined ? (
      name
    ) : (
      <button type="button" className={styles.link} title={t("life.ledger.show", { what: name })} onClick={onShow}>
        {name}
      </button>
    );
  return (
    <tr data-part={isPart || undefined} data-row={id}>
      <th scope="row">{label}</th>
      <td data-value={messages ?? undefined}>{messages === null ? "" : format.number(messages)}</td>
      <td data-value={copies}>{format.number(copies)}</td>
      <td className={styles.share}>{messages === null || of === 0 ? "" : format.share(messages / of)}</td>
    </tr>
  );
}

function LedgerTable({ ledger, labelOf }: { ledger: LedgerPicture; labelOf(id: string): string }) {
  const { t } = useText();
  const select = useView((s) => s.select);
  const { messages, copies, duplicates } = ledger;
  const of = messages.made;
  const reasons = (kind: "discarded" | "lost") =>
    reasonRows(ledger, kind).map(({ reason, ...counts }) => (
      <Row
        key={reason}
        id={`${kind}:${reason}`}
        name={labelOf(`reason:${reason}`)}
        {...counts}
        isPart
        of={of}
        onShow={() => showEvents({ kind: kind === "lost" ? "lost" : "group:ends", reason })}
      />
    ));
  const places = ledger.inSystemAt.flatMap(({ node, ready, unacked }) =>
    (
      [
        ["ready", ready],
        ["unacked", unacked],
      ] as const
    )
      .filter(([, count]) => count > 0)
      .map(([state, count]) => (
        <Row
          key={`${state}:${node}`}
          id={`${state}:${node}`}
          name={labelOf(`${state}:${node}`)}
          messages={null}
          copies={count}
          isPart
          of={of}
          {...(node !== "" && { onShow: () => select({ nodes: [node] }) })}
        />
      )),
  );
  return (
    <table className={styles.table} aria-label={t("life.ledger.table")}>
      <thead>
        <tr>
          <th scope="col">{t("life.ledger.what")}</th>
          <th scope="col">{t("life.ledger.messages")}</th>
          <th scope="col">{t("life.ledger.copies")}</th>
          <th scope="col">{t("life.ledger.share")}</th>
        </tr>
      </thead>
      <tbody>
        <Row id="published" name={labelOf("published")} messages={messages.made} copies={copies.made} of={of} />
        <Row
          id="processed"
          name={labelOf("processed")}
          messages={messages.processed}
          copies={copies.processed}
          of={of}
        />
        <Row id="inSystem" name={labelOf("inSystem")} messages={messages.inSystem} copies={copies.inSystem} of={of} />
        {places}
        <Row
          id="discarded"
          name={labelOf("discarded")}
          messages={total(messages.discarded)}
          copies={total(copies.discarded)}
          of={of}
        />
        {reasons("discarded")}
        <Row id="lost" name={labelOf("lost")} messages={total(messages.lost)} copies={total(copies.lost)} of={of} />
        {reasons("lost")}
        {duplicates > 0 && (
          <tr data-row="duplicates" data-aside>
            <th scope="row">{t("life.ledger.duplicates")}</th>
            <td />
            <td data-value={duplicates}>{duplicates}</td>
            <td className={styles.share}>{t("life.ledger.duplicatesNote")}</td>
          </tr>
        )}
      </tbody>
      <caption>{t("life.ledger.copiesNote")}</caption>
    </table>
  );
}
