import styles from "../inspector/editors/Editors.module.css";

/** On or off, at once. Its name comes from the label that points at it. */
export function Switch({ id, on, onChange }: { id: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <button
      id={id}
      type="button"
      role="switch"
      aria-checked={on}
      className={styles.switch}
      onClick={() => onChange(!on)}
    >
      <span className={styles.thumb} />
    </button>
  );
}
