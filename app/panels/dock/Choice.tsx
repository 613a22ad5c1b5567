import controls from "../../styles/controls.module.css";

interface Props<V extends string> {
  label: string;
  value: V;
  options: readonly (readonly [value: V, label: string])[];
  onChange(value: V): void;
}

/** A labelled list to choose one of. A value that is none of the options stays, by its bare name, until another is chosen. */
export function Choice<V extends string>({ label, value, options, onChange }: Props<V>) {
  return (
    <label>
      <span>{label}</span>
      <select className={controls.select} value={value} onChange={(event) => onChange(event.target.value as V)}>
        {value !== "" && options.every(([one]) => one !== value) && <option value={value}>{value}</option>}
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
