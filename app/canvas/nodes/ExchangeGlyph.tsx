import { useText } from "../../text/index.ts";
import styles from "./Face.module.css";

/** How each type picks its way, in one small picture: one line, all lines, a pattern, a header list, a wheel, dice, a clock. */
const PATHS: Record<string, string> = {
  direct: "M1 8H17M12 3l5 5-5 5",
  fanout: "M1 8H7M7 8 17 2M7 8H17M7 8 17 14",
  topic: "M9 2V14M3.5 5l11 6M14.5 5l-11 6",
  headers: "M2 4H6M2 8H6M2 12H6M9 4h8M9 8h5M9 12h8",
  "x-consistent-hash": "M9 1.5a6.5 6.5 0 1 1-.01 0M9 1.5V8l4.6 4.6M9 8 4.4 12.6",
  "x-random": "M2 3h12v12H2zM5 6h.01M11 6h.01M8 9h.01M5 12h.01M11 12h.01",
  "x-local-random": "M2 3h12v12H2zM5 6h.01M11 12h.01",
  "x-recent-history": "M9 2a6 6 0 1 1-5.7 4.2M3 2v4h4M9 5v3l2.5 1.5",
};

export function ExchangeGlyph({ type }: { type: string }) {
  const { find } = useText();
  const path = Object.hasOwn(PATHS, type) ? PATHS[type] : undefined;
  const name = find(`fields.exchange.type.choices.${type}`) ?? type;
  return (
    <span className={styles.typeGlyph} title={name}>
      <svg width="18" height="16" viewBox="0 0 18 16" role="img" aria-label={name}>
        {path ? (
          <path
            d={path}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        ) : (
          <text x="9" y="13" textAnchor="middle" fontSize="13" fill="currentColor">
            ?
          </text>
        )}
      </svg>
    </span>
  );
}
