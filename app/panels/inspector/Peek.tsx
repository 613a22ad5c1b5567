import { Lock } from "lucide-react";
import { useId } from "react";
import { isMaker, settingsOf } from "../../../engine/scenario/index.ts";
import type { PeekedMessage } from "../../../engine/worker/protocol.ts";
import { askPeek } from "../../bridge/life.ts";
import { useDocument } from "../../store/document.ts";
import { useLife } from "../../store/life.ts";
import { useText } from "../../text/index.ts";
import { showMessage } from "../dock/messages/go.ts";
import { useAnswer } from "../dock/messages/use-trace.ts";
import styles from "./Peek.module.css";
import { noiseOf, payloadText } from "./payload.ts";

const NONE: readonly PeekedMessage[] = [];

/** Looks into a queue, list, stream or topic without taking anything; or lists what a wiretap on a link has heard last. @param isTap of a link */
export default function Peek({ id, isTap }: { id: string; isTap: boolean }) {
  const { t } = useText();
  const isOpen = useLife((s) => s.peeks === id) || isTap;
  const title = useId();
  return (
    <section className={styles.peek} aria-labelledby={title}>
      <h3 id={title} className={styles.title}>
        {t(isTap ? "life.peek.tap" : "life.peek.title")}
      </h3>
      {isOpen ? (
        <List id={id} isTap={isTap} />
      ) : (
        <button type="button" className={styles.open} onClick={() => useLife.setState({ peeks: id })}>
          {t("life.peek.open")}
        </button>
      )}
    </section>
  );
}

function List({ id, isTap }: { id: string; isTap: boolean }) {
  const { t, format } = useText();
  const scenario = useDocument((s) => s.scenario);
  const seen = useAnswer(`peek ${id}`, () => askPeek(id)) ?? NONE;
  const formatOf = (source: string): string => {
    const node = scenario.nodes.find((one) => one.id === source);
    return node === undefined || !isMaker(node, scenario.edges) ? "json" : String(settingsOf(node).format ?? "json");
  };
  if (seen.length === 0) return <p className={styles.empty}>{t(isTap ? "life.peek.silent" : "life.peek.nothing")}</p>;
  return (
    <ol className={styles.list} aria-label={t(isTap ? "life.peek.heard" : "life.peek.first")}>
      {seen.map((one, i) => (
        // A message can pass, or stand there, more than once.
        // biome-ignore lint/suspicious/noArrayIndexKey: its place is its name
        <li key={i} className={styles.one} data-noise={!one.isReadable || undefined}>
          <span className={styles.facts}>
            <button type="button" className={styles.number} onClick={() => showMessage(one.message)}>
              #{one.message}
            </button>
            {one.key !== "" && <span>{t("life.peek.key", { key: one.key })}</span>}
            {one.priority > 0 && <span>{t("life.peek.priority", { priority: one.priority })}</span>}
            {one.isRedelivered && <span>{t("life.peek.again")}</span>}
            <span>{format.bytes(one.size)}</span>
            {!one.isReadable && (
              <span className={styles.sealed}>
                <Lock size={11} aria-hidden />
                {t("life.peek.noise")}
              </span>
            )}
            <span className={styles.time}>{format.clock(one.t)}</span>
          </span>
          <code className={styles.payload}>
            {one.isReadable ? payloadText(one, formatOf(one.source)) : noiseOf(one.message)}
          </code>
        </li>
      ))}
    </ol>
  );
}
