import { useState, useSyncExternalStore } from "react";
import {
  allCommands,
  type Command,
  type CommandGroup,
  onCommandsChanged,
  showChord,
  titleOf,
} from "../../commands/index.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { beginFirstSteps } from "../welcome/first-steps.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Dialogs.module.css";
import own from "./Shortcuts.module.css";

const GROUPS: readonly CommandGroup[] = ["run", "edit", "select", "arrange", "go", "view", "file", "live", "help"];

/** Whether a command answers to what was typed: words of its title, or a key. */
export const answers = (title: string, chords: readonly string[], wanted: string): boolean => {
  const text = wanted.trim().toLowerCase();
  return (
    text === "" ||
    title.toLowerCase().includes(text) ||
    chords.some((chord) => chord.toLowerCase() === text || (text.length > 1 && chord.toLowerCase().includes(text)))
  );
};

/** Every key there is, from the same registry that obeys them. */
export default function ShortcutsDialog() {
  const { t } = useText();
  const close = useView((s) => s.closeDialog);
  const characterKeys = useView((s) => s.characterKeys);
  const commands = useSyncExternalStore(onCommandsChanged, allCommands);
  const [text, setText] = useState("");
  const found = commands.filter(
    (one) =>
      one.keys !== undefined &&
      answers(
        t(titleOf(one)),
        one.keys.map((key) => showChord(key)),
        text,
      ),
  );
  const row = (one: Command) => (
    <div key={one.id} className={own.keyRow}>
      <span>{t(titleOf(one))}</span>
      <span className={own.chords}>
        {one.keys?.slice(0, 3).map((key) => (
          <kbd key={key}>{showChord(key)}</kbd>
        ))}
      </span>
    </div>
  );
  return (
    <DialogFrame
      title={t("dialogs.shortcuts.title")}
      intro={t(characterKeys ? "dialogs.shortcuts.place" : "dialogs.shortcuts.off")}
      wide
      footer={
        <button
          type="button"
          className={controls.button}
          onClick={() => {
            close();
            beginFirstSteps();
          }}
        >
          {t("dialogs.shortcuts.firstSteps")}
        </button>
      }
    >
      <input
        type="search"
        data-first
        className={`${controls.input} ${styles.search}`}
        aria-label={t("dialogs.shortcuts.search")}
        placeholder={t("dialogs.shortcuts.search")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {found.length === 0 && <p className={styles.quiet}>{t("dialogs.shortcuts.none")}</p>}
      <div className={own.keys}>
        {GROUPS.map((group) => {
          const members = found.filter((one) => one.group === group);
          if (members.length === 0) return null;
          return (
            <section key={group} className={own.keyGroup}>
              <h3 className={styles.subtitle}>{t(`dialogs.shortcuts.groups.${group}`)}</h3>
              {members.map(row)}
            </section>
          );
        })}
      </div>
    </DialogFrame>
  );
}
