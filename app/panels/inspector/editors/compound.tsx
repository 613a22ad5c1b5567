import type { Backoff, Dist, KeyChoice, Pattern } from "../../../../engine/scenario/index.ts";
import { useText } from "../../../text/index.ts";
import { densityPicture, meanOf, p95Of, withShape } from "../density.ts";
import { newPattern, ratePicture } from "../rate-picture.ts";
import { round } from "../units.ts";
import { showNumber } from "../words.ts";
import styles from "./Editors.module.css";
import type { EditorProps } from "./editor.ts";
import { FormMenu, type PartSpec, Parts } from "./Parts.tsx";
import { StepsEditor } from "./StepsEditor.tsx";

const PICTURE = { w: 264, h: 34 };

const asObject = (value: unknown): { readonly [name: string]: never } =>
  (typeof value === "object" && value !== null ? value : {}) as { readonly [name: string]: never };

const DIST_FORMS: readonly Dist["d"][] = [
  "constant",
  "exponential",
  "uniform",
  "normal",
  "lognormal",
  "erlang",
  "hyperexponential",
];

function distParts(dist: Dist, unit: EditorProps["field"]["unit"]): PartSpec[] {
  const own = unit === undefined ? {} : { unit };
  switch (dist.d) {
    case "constant":
      return [{ name: "value", ...own }];
    case "exponential":
      return [{ name: "mean", ...own }];
    case "uniform":
      return [
        { name: "min", ...own },
        { name: "max", ...own },
      ];
    case "normal":
      return [
        { name: "mean", ...own },
        { name: "sd", ...own },
      ];
    case "erlang":
      return [
        { name: "mean", ...own },
        { name: "k", whole: true },
      ];
    default:
      return [{ name: "mean", ...own }, { name: "cv" }];
  }
}

/** A random quantity: its kind, its numbers and a tiny picture of where its values lie. */
export function DistEditor(props: EditorProps) {
  const { field, value, mixed, disabled, commit, refuse } = props;
  const words = useText();
  const dist: Dist = typeof value === "number" ? { d: "constant", value } : (asObject(value) as unknown as Dist);
  const picture = densityPicture(dist, PICTURE.w, PICTURE.h);
  const show = (amount: number) => showNumber(field, Number(amount.toPrecision(2)), words);
  return (
    <>
      <FormMenu
        props={props}
        tag="d"
        forms={DIST_FORMS}
        now={dist.d}
        onChoose={(form) => {
          const next = withShape(dist, form as Dist["d"]);
          const tidy = Object.fromEntries(
            Object.entries(next).map(([k, v]) => [k, typeof v === "number" ? round(v) : v]),
          );
          commit(tidy);
        }}
      />
      {!mixed && (
        <div className={styles.parts}>
          <Parts
            value={dist}
            parts={distParts(dist, field.unit)}
            disabled={disabled}
            refuse={refuse}
            onChange={(name, next, burst) => commit({ ...dist, [name]: next }, burst)}
          />
          {!picture.spike && (
            <svg
              className={styles.picture}
              viewBox={`0 0 ${PICTURE.w} ${PICTURE.h + 12}`}
              role="img"
              aria-label={words.t("panels.inspector.densityOf", { mean: show(meanOf(dist)), p95: show(p95Of(dist)) })}
            >
              <path d={picture.area} className={styles.area} />
              <line x1={picture.mean} x2={picture.mean} y1="2" y2={PICTURE.h} className={styles.meanLine} />
              <line x1="0" x2={PICTURE.w} y1={PICTURE.h} y2={PICTURE.h} className={styles.baseLine} />
              <text x="0" y={PICTURE.h + 11}>
                0
              </text>
              <text x={Math.min(Math.max(picture.mean, 34), PICTURE.w - 70)} y={PICTURE.h + 11} textAnchor="middle">
                {show(meanOf(dist))}
              </text>
              <text x={PICTURE.w} y={PICTURE.h + 11} textAnchor="end">
                {show(picture.end)}
              </text>
            </svg>
          )}
        </div>
      )}
    </>
  );
}

const PATTERN_FORMS: readonly Pattern["p"][] = ["steady", "burst", "ramp", "sine", "steps"];
const PATTERN_PARTS: Readonly<Record<string, readonly PartSpec[]>> = {
  steady: [],
  burst: [
    { name: "rate", unit: "msg/s" },
    { name: "on", unit: "ms" },
    { name: "off", unit: "ms" },
  ],
  ramp: [
    { name: "from", unit: "msg/s" },
    { name: "to", unit: "msg/s" },
    { name: "over", unit: "ms" },
  ],
  sine: [
    { name: "mean", unit: "msg/s" },
    { name: "amp", unit: "msg/s" },
    { name: "period", unit: "ms" },
  ],
  steps: [],
};

/** How the rate changes with time, with a picture of it. @param baseRate the `rate` setting beside it */
export function PatternEditor(props: EditorProps & { baseRate: number }) {
  const { value, mixed, disabled, commit, refuse, baseRate } = props;
  const words = useText();
  const pattern = asObject(value) as unknown as Pattern;
  const picture = ratePicture(pattern, baseRate, PICTURE.w, PICTURE.h);
  return (
    <>
      <FormMenu
        props={props}
        tag="p"
        forms={PATTERN_FORMS}
        now={pattern.p}
        onChoose={(form) => commit({ ...newPattern(form as Pattern["p"], baseRate) })}
      />
      {!mixed && pattern.p !== "steady" && (
        <div className={styles.parts}>
          {pattern.p === "steps" ? (
            <StepsEditor
              steps={pattern.steps}
              disabled={disabled}
              refuse={refuse}
              onChange={(steps, burst) => commit({ p: "steps", steps }, burst)}
            />
          ) : (
            <Parts
              value={pattern}
              parts={PATTERN_PARTS[pattern.p] ?? []}
              disabled={disabled}
              refuse={refuse}
              onChange={(name, next, burst) => commit({ ...pattern, [name]: next }, burst)}
            />
          )}
          <svg
            className={styles.picture}
            viewBox={`0 0 ${PICTURE.w} ${PICTURE.h + 12}`}
            role="img"
            aria-label={words.t("panels.inspector.patternOf", { max: words.format.perSecond(picture.most) })}
          >
            <path d={picture.line} className={styles.rateLine} />
            <line x1="0" x2={PICTURE.w} y1={PICTURE.h} y2={PICTURE.h} className={styles.baseLine} />
            <text x="0" y={PICTURE.h + 11}>
              0
            </text>
            <text x={PICTURE.w} y={PICTURE.h + 11} textAnchor="end">
              {showNumber({ type: "ms", unit: "ms" }, picture.span, words)}
            </text>
          </svg>
        </div>
      )}
    </>
  );
}

const KEY_FORMS: Readonly<Record<KeyChoice["k"], readonly PartSpec[]>> = {
  none: [],
  fixed: [{ name: "name", text: true }],
  roundRobin: [{ name: "n", whole: true }],
  uniform: [{ name: "n", whole: true }],
  zipf: [{ name: "n", whole: true }, { name: "s" }],
  hot: [
    { name: "n", whole: true },
    { name: "share", unit: "%" },
  ],
};
const NEW_KEYS: Readonly<Record<KeyChoice["k"], KeyChoice>> = {
  none: { k: "none" },
  fixed: { k: "fixed", name: "A" },
  roundRobin: { k: "roundRobin", n: 4 },
  uniform: { k: "uniform", n: 4 },
  zipf: { k: "zipf", n: 8, s: 1 },
  hot: { k: "hot", n: 4, share: 0.7 },
};

export function KeyEditor(props: EditorProps) {
  const { value, mixed, disabled, commit, refuse } = props;
  const key = asObject(value) as unknown as KeyChoice;
  return (
    <>
      <FormMenu
        props={props}
        tag="k"
        forms={Object.keys(KEY_FORMS)}
        now={key.k}
        onChoose={(form) => commit({ ...NEW_KEYS[form as KeyChoice["k"]] })}
      />
      {!mixed && KEY_FORMS[key.k]?.length > 0 && (
        <div className={styles.parts}>
          <Parts
            value={key}
            parts={KEY_FORMS[key.k]}
            disabled={disabled}
            refuse={refuse}
            onChange={(name, next, burst) => commit({ ...key, [name]: next }, burst)}
          />
        </div>
      )}
    </>
  );
}

const BACKOFF_FORMS: Readonly<Record<Backoff["b"], readonly PartSpec[]>> = {
  none: [],
  fixed: [{ name: "ms", unit: "ms" }],
  exponential: [
    { name: "base", unit: "ms" },
    { name: "cap", unit: "ms" },
    { name: "jitter", unit: "%" },
  ],
};
const NEW_BACKOFFS: Readonly<Record<Backoff["b"], Backoff>> = {
  none: { b: "none" },
  fixed: { b: "fixed", ms: 1000 },
  exponential: { b: "exponential", base: 500, cap: 30_000, jitter: 0.2 },
};

export function BackoffEditor(props: EditorProps) {
  const { value, mixed, disabled, commit, refuse } = props;
  const backoff = asObject(value) as unknown as Backoff;
  return (
    <>
      <FormMenu
        props={props}
        tag="b"
        forms={Object.keys(BACKOFF_FORMS)}
        now={backoff.b}
        onChoose={(form) => commit({ ...NEW_BACKOFFS[form as Backoff["b"]] })}
      />
      {!mixed && BACKOFF_FORMS[backoff.b]?.length > 0 && (
        <div className={styles.parts}>
          <Parts
            value={backoff}
            parts={BACKOFF_FORMS[backoff.b]}
            disabled={disabled}
            refuse={refuse}
            onChange={(name, next, burst) => commit({ ...backoff, [name]: next }, burst)}
          />
        </div>
      )}
    </>
  );
}
