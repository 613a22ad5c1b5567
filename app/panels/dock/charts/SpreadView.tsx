import { useState } from "react";
import { useText } from "../../../text/index.ts";
import charts from "./Charts.module.css";
import type { ChartSpec } from "./chart-set.ts";
import { showValue } from "./metric-format.ts";
import styles from "./Spread.module.css";
import { type Bar, barsOf, placeOn } from "./spread.ts";
import { useSpread } from "./use-spread.ts";

const WIDTH = 400;
const HEIGHT = 100;
/** Names closer than this share of the axis would cover each other. */
const NAME_GAP = 0.1;
const PARTS = ["mean", "p50", "p95", "p99"] as const;

function Choice({
  label,
  names,
  hints,
  chosen,
  onChoose,
}: {
  label: string;
  names: readonly [string, string];
  /** What the short names mean. */
  hints?: readonly [string, string];
  chosen: number;
  onChoose(index: number): void;
}) {
  return (
    <fieldset className={styles.choice} aria-label={label}>
      {names.map((name, index) => (
        <button
          key={name}
          type="button"
          aria-pressed={chosen === index}
          aria-description={hints?.[index]}
          data-hint={hints?.[index]}
          onClick={() => onChoose(index)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

/** Bars of a histogram, or the share of all that is not longer, as a line from 0 to 1. */
function Shape({ bars, isSum }: { bars: readonly Bar[]; isSum: boolean }) {
  const step = WIDTH / bars.length;
  if (isSum) {
    const path = bars.map(({ below }, i) => `L${((i + 1) * step).toFixed(1)} ${((1 - below) * HEIGHT).toFixed(1)}`);
    return <path className={styles.sum} d={`M0 ${HEIGHT}${path.join("")}`} data-form="sum" />;
  }
  const most = Math.max(...bars.map(({ share }) => share), 1e-9);
  return bars.map(({ from, share }, i) => (
    <rect
      key={from}
      className={styles.bar}
      x={i * step + 0.5}
      width={Math.max(0.5, step - 1)}
      y={(1 - share / most) * HEIGHT}
      height={(share / most) * HEIGHT}
      data-form="bar"
    />
  ));
}

/** Beside its mark, and never beyond the ends of the axis. @param place 0 … 1 */
const nameAt = (place: number) => ({ left: `${place * 100}%`, translate: `${-place * 100}% 0` });

/** Names that can stand side by side, the first ones first. @param placeOf 0 … 1 */
function apart<T>(names: readonly T[], placeOf: (name: T) => number): ReadonlySet<T> {
  const kept: T[] = [];
  for (const name of names) {
    const place = placeOf(name);
    if (kept.every((other) => Math.abs(placeOf(other) - place) >= NAME_GAP)) kept.push(name);
  }
  return new Set(kept);
}

/** How long it took, over all messages: a histogram or its running total, with mean and percentiles marked and written out. */
export function SpreadView({
  chart,
  title,
}: {
  chart: ChartSpec & Required<Pick<ChartSpec, "spread">>;
  title: string;
}) {
  const words = useText();
  const { t, format } = words;
  const [isRecent, setRecent] = useState(false);
  const [isLog, setLog] = useState(false);
  const [isSum, setSum] = useState(false);
  const spread = useSpread(chart.spread, !isRecent);
  const show = (value: number) => showValue(value, chart.unit, words);
  const bars = spread === null ? [] : barsOf(spread, isLog);
  const facts = spread && {
    count: format.number(spread.count, 0),
    ...(Object.fromEntries([...PARTS, "max" as const].map((part) => [part, show(spread[part])])) as Record<
      (typeof PARTS)[number] | "max",
      string
    >),
  };
  const named = spread === null ? new Set() : apart(PARTS, (part) => placeOn(bars, spread[part], isLog));
  return (
    <div className={styles.spread}>
      <div className={styles.choices}>
        <Choice
          label={t("metrics.spread.period")}
          names={[t("metrics.spread.whole"), t("metrics.spread.recent")]}
          hints={[t("metrics.spread.allHint"), t("metrics.spread.recentHint")]}
          chosen={isRecent ? 1 : 0}
          onChoose={(index) => setRecent(index === 1)}
        />
        <Choice
          label={t("metrics.spread.form")}
          names={[t("metrics.spread.bars"), t("metrics.spread.sum")]}
          hints={[t("metrics.spread.barsHint"), t("metrics.spread.sumHint")]}
          chosen={isSum ? 1 : 0}
          onChoose={(index) => setSum(index === 1)}
        />
        <Choice
          label={t("metrics.spread.axis")}
          names={[t("metrics.spread.linear"), t("metrics.spread.log")]}
          chosen={isLog ? 1 : 0}
          onChoose={(index) => setLog(index === 1)}
        />
      </div>
      {spread === null || facts === null || bars.length === 0 ? (
        <p className={charts.empty}>{t("metrics.spread.none")}</p>
      ) : (
        <>
          <div className={styles.shape}>
            <svg
              viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={`${t("metrics.spread.title", { title })}. ${t("metrics.spread.says", facts)}`}
            >
              <Shape bars={bars} isSum={isSum} />
              {PARTS.map((part) => {
                const x = placeOn(bars, spread[part], isLog) * WIDTH;
                return (
                  <line
                    key={part}
                    className={styles.part}
                    data-part={part}
                    x1={x}
                    x2={x}
                    y1="0"
                    y2={HEIGHT}
                    vectorEffect="non-scaling-stroke"
                  />
                );
              })}
            </svg>
            {PARTS.filter((part) => named.has(part)).map((part) => (
              <span
                key={part}
                className={styles.partName}
                data-part={part}
                style={nameAt(placeOn(bars, spread[part], isLog))}
                aria-hidden
              >
                {t(`metrics.parts.${part}`)}
              </span>
            ))}
          </div>
          <div className={styles.ends} aria-hidden>
            <span>{show(bars[0]?.from ?? 0)}</span>
            <span>{show(bars.at(-1)?.to ?? 0)}</span>
          </div>
          <div className={styles.figures}>
            <dl className={styles.parts}>
              {PARTS.map((part) => (
                <div key={part} data-part={part}>
                  <dt>{t(`metrics.parts.${part}`)}</dt>
                  <dd>{facts[part]}</dd>
                </div>
              ))}
              <div>
                <dt>{t("metrics.spread.max")}</dt>
                <dd>{facts.max}</dd>
              </div>
            </dl>
            <p className={styles.counted}>{t("metrics.spread.count", { count: spread.count })}</p>
          </div>
        </>
      )}
    </div>
  );
}
