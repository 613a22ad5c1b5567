import type { NodeKind, SettingValue } from "./types.ts";
import type { Backoff, Dist, KeyChoice, LocalText, Pattern, Policy, Priority, Table, User } from "./values.ts";

/** What kind of value a setting has; each has one checker (`check-value.ts`), one form control and one TypeScript type. */
export interface FieldTypes {
  bool: boolean;
  integer: number;
  number: number;
  /** Virtual ms, fractions allowed. */
  ms: number;
  /** Messages per second. */
  rate: number;
  bytes: number;
  /** Fraction 0…1, shown in %. */
  share: number;
  /** Multiplier, shown in %. */
  factor: number;
  choice: string;
  text: string;
  localText: LocalText;
  dist: Dist;
  pattern: Pattern;
  key: KeyChoice;
  priority: Priority;
  backoff: Backoff;
  /** Name → value, as a header or argument table. */
  table: Table;
  /** Texts. */
  list: string[];
  users: User[];
  policies: Policy[];
}

/** Words for units are in the text table (`units.<name>`). */
export type Unit = "ms" | "msg/s" | "B" | "B/s" | "%" | "messages" | "ids";

/** Another setting has one of these values. */
export interface Condition {
  readonly field: string;
  readonly is: readonly SettingValue[];
}

/**
 * One setting, as data. Forms, validation, links, the command line and the documentation read it; a new setting is added here once.
 * Label, help and choice words are in the text table: `fields.<kind>.<name>`.
 */
export interface FieldSpec {
  readonly name: string;
  readonly type: keyof FieldTypes;
  readonly unit?: Unit;
  /** Smallest and largest number allowed; of a `dist`, of each of its means and bounds. Of a `text` or `list`, `max` is the length. */
  readonly min?: number;
  readonly max?: number;
  /** Value of a setting that the document does not give. */
  readonly default: SettingValue;
  readonly choices?: readonly string[];
  /** Other values than `choices` may come from an import: they are kept, reported, and not run. */
  readonly open?: true;
  readonly group: "basic" | "advanced";
  /** The product's own name: `x-max-length`. */
  readonly real?: string;
  /** Names of other products, by the kind of node that the item is connected to: `stream` → `XACK`. */
  readonly realOf?: { readonly [kind: string]: string };
  /** Kinds of node where the choices of a client's setting are called otherwise, each by its product's words. */
  readonly choicesAt?: readonly string[];
  /** Of those, the one that the client is connected to. Only of a field that is shown. */
  readonly at?: string;
  /** The product's own default, when ours is scaled for viewing (badge `scaled`). */
  readonly realDefault?: SettingValue;
  /** `null` is allowed and means none, off or without limit. */
  readonly nullable?: true;
  /**
   * Shown only while another setting, or each of several, has one of these values; `from.type` looks at the node an edge starts from. Hidden settings keep their value.
   */
  readonly showWhen?: Condition | readonly Condition[];
  /**
   * Of a client's setting: kinds of node with which it means something. Hidden while the client is connected to other kinds only; shown while it is connected to none.
   */
  readonly stores?: readonly NodeKind[];
  /**
   * Of a client's choice: what means something only while what it takes is kept for it until it answers. Elsewhere the first of the others is what happens, and is shown.
   */
  readonly onlyKept?: readonly string[];
  /** Of a producer's setting: without a meaning while it sends to RocketMQ topics of other types only. */
  readonly topicType?: string;
  /** Of an edge to a client: without a meaning when the client stands in the frame of a consumer group, which decides it. */
  readonly ungrouped?: true;
  /** Changes take effect in a running simulation without restarting the client: worth a slider under the canvas. */
  readonly live?: true;
  /** Only ever filled by an import; shown read-only, and only when not empty. */
  readonly imported?: true;
}

type Exact<F extends FieldSpec> = F extends { type: "choice"; choices: readonly (infer C)[] }
  ? F extends { open: true }
    ? string
    : C
  : FieldTypes[F["type"]];

type ValueOf<F extends FieldSpec> = F extends { nullable: true } ? Exact<F> | null : Exact<F>;

/** The settings that a list of fields describes, with every default filled in. */
export type SettingsFrom<Fields extends readonly FieldSpec[]> = {
  [F in Fields[number] as F["name"]]: ValueOf<F>;
};

export const DAY_MS = 24 * 60 * 60 * 1000;
/** Longest time, where the product sets no other limit. */
export const TIME_MS_MAX = 7 * DAY_MS;
/** The broker counts its own times to live in 32 bits; real definitions use weeks. */
export const BROKER_TIME_MS_MAX = 4_294_967_295;
export const LATENCY_MS_MAX = 60_000;
export const RATE_MAX = 10_000;
/** All producers together. */
export const RATE_TOTAL_MAX = 50_000;
export const COUNT_MAX = 1_000_000;
export const SIZE_BYTES_MAX = 16 * 1024 * 1024;
export const NAME_LENGTH_MAX = 127;
/** Any text a person writes: notes, descriptions. */
export const TEXT_LENGTH_MAX = 2_000;
/** Names inside a broker: keys, exchange names (AMQP short string). */
export const SHORT_TEXT_MAX = 255;
