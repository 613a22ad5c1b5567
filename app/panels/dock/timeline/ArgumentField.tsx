import { type FieldSpec, type ScenarioNode, type SettingValue, settingsOf } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Timeline.module.css";

/** What a number is shown in: shares in percent. */
const SCALE: Partial<Record<FieldSpec["type"], number>> = { share: 100 };
const UNIT: Partial<Record<FieldSpec["type"], string>> = { share: "%", ms: "ms", factor: "×", bytes: "B/s" };
const WHOLE: ReadonlySet<FieldSpec["type"]> = new Set(["integer", "bytes"]);

const tableText = (value: SettingValue): string =>
  Object.entries((value ?? {}) as Record<string, SettingValue>)
    .map(([name, of]) => `${name}=${of}`)
    .join(", ");

/** `name=value` each; a number is one. */
const tableOf = (items: readonly string[]): SettingValue =>
  Object.fromEntries(
    items.flatMap((item) => {
      const [name = "", value = ""] = item.split(/[=＝]/).map((part) => part.trim());
      const isNumber = value !== "" && Number.isFinite(Number(value));
      return name === "" ? [] : [[name, isNumber ? Number(value) : value]];
    }),
  );

/** One argument of an operation, by the kind of value that it has. */
export function ArgumentField({
  field,
  target,
  value,
  onChange,
}: {
  field: FieldSpec;
  target: string;
  value: SettingValue;
  onChange(value: SettingValue): void;
}) {
  const { find } = useText();
  const nodes = useDocument((s) => s.scenario.nodes);
  const label = find(`operations.args.${field.name}`) ?? field.name;
  if (field.type === "list" && field.name === "nodes") {
    const chosen = (value as string[]) ?? [];
    return (
      <fieldset className={styles.choices}>
        <legend>{label}</legend>
        {nodes
          .filter(({ kind }) => kind !== "note" && kind !== "frame")
          .map(({ id, name }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ target: box }) =>
                  onChange(box.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
                }
              />
              {name}
            </label>
          ))}
      </fieldset>
    );
  }
  if (field.type === "list" || field.type === "text" || field.type === "table") {
    const broker = nodes.find(({ id }) => id === target);
    const users = field.name === "user" && broker !== undefined ? usersOf(broker) : [];
    const text = typeof value === "string" ? value : Array.isArray(value) ? value.join(", ") : tableText(value);
    if (users.length > 0)
      return (
        <label>
          <span>{label}</span>
          <select className={controls.select} value={text} onChange={(event) => onChange(event.target.value)}>
            {!users.includes(text) && <option>{text}</option>}
            {users.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      );
    const read = (typed: string): SettingValue => {
      if (field.type === "text") return typed;
      const items = typed
        .split(/[,，]/)
        .map((item) => item.trim())
        .filter((item) => item !== "");
      return field.type === "list" ? items : tableOf(items);
    };
    return (
      <label>
        <span>{label}</span>
        <input
          className={controls.input}
          defaultValue={text}
          onChange={(event) => onChange(read(event.target.value))}
        />
      </label>
    );
  }
  const scale = SCALE[field.type] ?? 1;
  return (
    <label>
      <span>
        {label}
        {UNIT[field.type] !== undefined && ` (${UNIT[field.type]})`}
      </span>
      <input
        className={controls.input}
        type="number"
        required={!field.nullable}
        min={(field.min ?? 0) * scale}
        max={field.max === undefined ? undefined : field.max * scale}
        step={WHOLE.has(field.type) ? 1 : "any"}
        defaultValue={value === null ? "" : Math.round(Number(value) * scale * 1e6) / 1e6}
        onChange={({ target: { value: typed } }) =>
          onChange(typed === "" && field.nullable ? null : Number(typed) / scale)
        }
      />
    </label>
  );
}

/** Names on a server's list: rows at RabbitMQ, lines elsewhere. */
const usersOf = (frame: ScenarioNode): string[] => {
  const { users } = settingsOf(frame);
  const rows = (Array.isArray(users) ? users : []) as readonly (string | { readonly name: string })[];
  return rows.map((row) => (typeof row === "string" ? (row.trim().split(/\s+/)[0] ?? "") : row.name));
};
