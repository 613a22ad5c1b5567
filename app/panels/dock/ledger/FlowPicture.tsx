import { useLayoutEffect, useRef, useState } from "react";
import { useText } from "../../../text/index.ts";
import { BAR_WIDTH, type FlowPart, flowLayout } from "./flow-layout.ts";
import styles from "./Ledger.module.css";

const BODY = 130;

/** The account as flows from left to right. The table beside it says the same in words. */
export function FlowPicture({
  parts,
  made,
  labelOf,
}: {
  parts: readonly FlowPart[];
  made: number;
  labelOf(id: string): string;
}) {
  const { t, format } = useText();
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const { bars, bands, height, source } = flowLayout(parts, Math.max(260, width), BODY);
  return (
    <div ref={box} className={styles.picture}>
      {width > 0 && (
        <svg width="100%" height={height} role="img" aria-label={t("life.ledger.picture")}>
          {bands.map(({ from, to, path, tone, count }) => (
            <path key={`${from}>${to}`} d={path} className={styles.band} data-tone={tone}>
              <title>{t("life.ledger.flow", { from: labelOf(from), to: labelOf(to), n: format.number(count) })}</title>
            </path>
          ))}
          <rect className={styles.source} x={source.x} y={source.y} width={BAR_WIDTH} height={source.height} rx={2} />
          <text className={styles.label} x={0} y={11}>
            {labelOf("")} <tspan className={styles.value}>{format.number(made)}</tspan>
          </text>
          {bars.map(({ id, x, y, height: high, labelY, count, tone, column }) => (
            <g key={`${column}${id}`}>
              <rect className={styles.flowBar} data-tone={tone} x={x} y={y} width={BAR_WIDTH} height={high} rx={2} />
              <text className={styles.label} x={x + BAR_WIDTH + 6} y={labelY}>
                {labelOf(id)} <tspan className={styles.value}>{format.number(count)}</tspan>
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
