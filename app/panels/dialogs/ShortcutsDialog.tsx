import { RotateCcw } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import {
  allCommands,
  type Command,
  type CommandGroup,
  command,
  keysOf,
  onCommandsChanged,
  showChord,
  titleOf,
} from "../../commands/index.ts";
import { bindKey, chordOf } from "../../commands/key-choice.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { hasInitials } from "../../text/pinyin.ts";
import { beginFirstSteps } from "../welcome/first-steps.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Dialogs.module.css";
import own from "./Shortcuts.module.css";

const GROUPS: readonly CommandGroup[] = ["run", "edit", "select", "arrange", "go", "view", "file", "live", "help"];
/** Of each command so many keys are shown. */
const SHOWN_MAX = 3;

/** Whether a command answers to what was typed: words of its title, or a key. */
export const answers = (title: string, chords: readonly string[], wanted: string): boolean => {
  const text = wanted.trim().toLowerCase();
  return (
    text === "" ||
    title.toLowerCase().includes(text) ||
    hasInitials(title, text) ||
    chords.some((chord) => chord.toLowerCase() === text || (text.length > 1 && chord.toLowerCase().includes(text)))
  );
};

/** Waits for the new key of a command. */
function Waiting({
  of,
  onKey,
  onEnd,
}: {
  of: Command;
  /** "" = none, null = its standard ones. */
  onKey(chord: string | null): void;
  onEnd(): void;
}) {
  const { t } = useText();
  const field = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const press = (event: KeyboardEvent) => {
    const chord = chordOf(event.nativeEvent);
    if (chord === null) return;
    event.preventDefault();
    event.stopPropagation();
    onKey(chord);
  };
  return (
    <div className={own.waiting}>
      <button ref={field} type="button" className={own.listening} onKeyDown={press}>
        {t("dialogs.shortcuts.press")}
      </button>
      <button type="button" className={`${controls.button} ${controls.quiet}`} onClick={() => onKey("")}>
        {t("dialogs.shortcuts.noKey")}
      </button>
      {useView.getState().keys[of.id] !== undefined && (
        <button type="button" className={`${controls.button} ${controls.quiet}`} onClick={() => onKey(null)}>
          {t("dialogs.shortcuts.standard")}
        </button>
      )}
      <button type="button" className={`${controls.button} ${controls.quiet}`} onClick={onEnd}>
        {t("dialogs.cancel")}
      </button>
    </div>
  );
}

/** Every key there is, from the same registry that obeys them, and the way to choose others. */
export default function ShortcutsDialog() {
  const { t } = useText();
  const close = useView((s) => s.closeDialog);
  const characterKeys = useView((s) => s.characterKeys);
  const chosen = useView((s) => s.keys);
  const commands = useSyncExternalStore(onCommandsChanged, allCommands);
  const [text, setText] = useState("");
  const [asking, setAsking] = useState<string | null>(null);
  const [told, setTold] = useState("");
  /** Shift makes the same move five times as far. */
  const title = (one: Command): string => {
    const words = t(titleOf(one));
    return /^move\..*Far$/.test(one.id) ? t("dialogs.shortcuts.far", { name: words }) : words;
  };
  const found = commands.filter(
    (one) =>
      one.keys !== undefined &&
      answers(
        title(one),
        keysOf(one).map((key) => showChord(key)),
        text,
      ),
  );
  const nameOf = (id: string) => {
    const one = command(id);
    return one === undefined ? id : title(one);
  };
  const end = (id: string) => {
    setAsking(null);
    // Where it was asked from, once that is drawn again.
    setTimeout(() => document.querySelector<HTMLElement>(`[data-command="${CSS.escape(id)}"]`)?.focus(), 0);
  };
  const choose = (one: Command, chord: string | null) => {
    const losers = bindKey(one.id, chord);
    const key = keysOf(one)[0];
    const words =
      key === undefined
        ? t("dialogs.shortcuts.hasNone", { name: title(one) })
        : t("dialogs.shortcuts.has", { name: title(one), key: showChord(key) });
    const taken = losers.map((id) => t("dialogs.shortcuts.lost", { name: nameOf(id) }));
    setTold([words, ...taken].join(" "));
    end(one.id);
  };
  const row = (one: Command) => (
    <div key={one.id} className={own.keyRow}>
      <span>{title(one)}</span>
      {asking === one.id ? (
        <Waiting of={one} onKey={(chord) => choose(one, chord)} onEnd={() => end(one.id)} />
      ) : (
        <button
          type="button"
          className={own.chords}
          data-command={one.id}
          data-own={chosen[one.id] !== undefined || undefined}
          aria-label={t("dialogs.shortcuts.change", {
            name: title(one),
            key: keysOf(one).map((key) => showChord(key))[0] ?? t("dialogs.shortcuts.noKey"),
          })}
          onClick={() => {
            setTold("");
            setAsking(one.id);
          }}
        >
          {keysOf(one)
            .slice(0, SHOWN_MAX)
            .map((key) => (
              <kbd key={key}>{showChord(key)}</kbd>
            ))}
          {keysOf(one).length === 0 && <span className={own.none}>{t("dialogs.shortcuts.noKey")}</span>}
        </button>
      )}
    </div>
  );
  return (
    <DialogFrame
      title={t("dialogs.shortcuts.title")}
      intro={`${t(characterKeys ? "dialogs.shortcuts.place" : "dialogs.shortcuts.off")} ${t("dialogs.shortcuts.how")}`}
      wide
      onEscape={() => {
        if (asking === null) return false;
        end(asking);
        return true;
      }}
      footer={
        <>
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
          {Object.keys(chosen).length > 0 && (
            <button
              type="button"
              className={controls.button}
              onClick={() => {
                useView.getState().set({ keys: {} });
                setTold(t("dialogs.shortcuts.allStandard"));
              }}
            >
              <RotateCcw size={16} aria-hidden />
              {t("dialogs.shortcuts.reset")}
            </button>
          )}
        </>
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
      <p role="status" className={own.told}>
        {told}
      </p>
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
