import { isMaker, isWorker } from "../../../engine/scenario/index.ts";
import { frames, metric } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useText } from "../../text/index.ts";
import { meaningOf, metricInFull } from "../../text/metric-words.ts";
import { metricName, showValue, unitOf } from "../dock/charts/metric-format.ts";
import { useSeries } from "../dock/charts/use-series.ts";
import { useTick } from "../status/use-tick.ts";
import styles from "./Live.module.css";
import { LiveMeans } from "./LiveMeans.tsx";
import { groupMetrics, metricsOfRocket, metricsOfSocket } from "./metric-groups.ts";
import Peek from "./Peek.tsx";
import { Sparkline } from "./Sparkline.tsx";

const WINDOW_S = 30;
/** One can look into these. */
const KEEPS: ReadonlySet<string> = new Set(["queue", "list", "stream", "topic", "rmqTopic"]);
const PARTS = ["mean", "p50", "p95", "p99"] as const;

/** The figures of one node or edge as they are now, with their last half minute. */
export function Live({ id, kind }: { id: string; kind: string }) {
  const words = useText();
  const { t } = words;
  useTick(4);
  const status = useRun((s) => s.status);
  const scenario = useDocument((s) => s.scenario);
  const node = scenario.nodes.find((one) => one.id === id);
  const { edges } = scenario;
  const all = frames.metrics(id);
  const metrics =
    node === undefined
      ? all
      : kind === "socket"
        ? metricsOfSocket(all, isMaker(node, edges), isWorker(node, edges))
        : metricsOfRocket(node, all);
  const isTapped = useRun((s) => s.badges[id]?.includes("tapped") ?? false);
  const { levels, counters, times } = groupMetrics(metrics);
  const drawn = [...levels, ...counters.map((base) => `${base}.rate`), ...times.map((base) => `${base}.p95`)];
  const wanted = drawn.map((metric) => ({ target: id, metric }));
  const answer = useSeries(wanted, WINDOW_S, { hz: 1, points: 60 });
  if (metrics.length === 0)
    return (
      <p className={styles.empty}>
        {t(
          status === "loading" || status === "refused"
            ? "panels.inspector.live.noData"
            : "panels.inspector.live.notRunning",
        )}
      </p>
    );
  const spark = (one: string) => (
    <Sparkline series={answer?.series[drawn.indexOf(one)]} from={answer?.from ?? 0} to={answer?.to ?? 0} />
  );
  const value = (one: string) => showValue(metric(id, one), unitOf(one), words);
  return (
    <div className={styles.live} data-live={id}>
      {levels.length > 0 && (
        <table className={styles.table}>
          <caption className={styles.caption}>{t("panels.inspector.live.levels")}</caption>
          <tbody>
            {levels.map((one) => (
              <tr key={one}>
                <th scope="row" title={meaningOf(one, kind, words)}>
                  {one.includes("[") ? metricInFull(one, kind, words) : metricName(one, kind, words)}
                </th>
                <td className={styles.sparkCell}>{spark(one)}</td>
                <td className={styles.strong}>{value(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {counters.length > 0 && (
        <table className={styles.table}>
          <caption className={styles.caption}>{t("panels.inspector.live.counters")}</caption>
          <thead>
            <tr>
              <td />
              <td />
              <th scope="col">{t("panels.inspector.live.perSecond")}</th>
              <th scope="col">{t("panels.inspector.live.total")}</th>
            </tr>
          </thead>
          <tbody>
            {counters.map((base) => (
              <tr key={base} data-zero={metric(id, `${base}.total`) === 0 || undefined}>
                <th scope="row" title={meaningOf(base, kind, words)}>
                  {metricName(base, kind, words)}
                </th>
                <td className={styles.sparkCell}>{spark(`${base}.rate`)}</td>
                <td>
                  {unitOf(`${base}.rate`) === "byteRate"
                    ? value(`${base}.rate`)
                    : words.format.rate(metric(id, `${base}.rate`))}
                </td>
                <td className={styles.strong}>{value(`${base}.total`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {times.length > 0 && (
        <table className={styles.table}>
          <caption className={styles.caption}>{t("panels.inspector.live.times")}</caption>
          <thead>
            <tr>
              <td />
              {PARTS.map((part) => (
                <th key={part} scope="col">
                  {t(`metrics.parts.${part}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {times.map((base) => (
              <tr key={base}>
                <th scope="row" title={meaningOf(base, kind, words)}>
                  {metricName(base, kind, words)}
                </th>
                {PARTS.map((part) => (
                  <td key={part}>{value(`${base}.${part}`)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.foot}>{t("panels.inspector.live.window")}</p>
      {(isTapped || KEEPS.has(kind)) && !frames.isMasked(id, "ready") && <Peek id={id} isTap={isTapped} />}
      <LiveMeans id={id} kind={kind} />
    </div>
  );
}
