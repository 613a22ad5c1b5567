import { CircleHelp, Ellipsis, FolderInput, Languages, Moon, Redo2, Share2, Sun, SunMoon, Undo2 } from "lucide-react";
import { EXAMPLES } from "../../commands/examples.ts";
import { allCommands, command, isPossible, perform, showChord, titleOf } from "../../commands/index.ts";
import { useDocument, useHistory } from "../../store/document.ts";
import { type Theme, useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { LANGUAGE_NAMES, LANGUAGES, useText } from "../../text/index.ts";
import { CommandButton } from "./CommandButton.tsx";
import styles from "./Header.module.css";
import { Hint } from "./Hint.tsx";
import { Logo } from "./Logo.tsx";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from "./Menu.tsx";
import { SavedState } from "./SavedState.tsx";
import { Title } from "./Title.tsx";
import { useWidth } from "./use-width.ts";

const THEMES: readonly { theme: Theme; icon: typeof Sun }[] = [
  { theme: "system", icon: SunMoon },
  { theme: "light", icon: Sun },
  { theme: "dark", icon: Moon },
];

function UndoRedo() {
  const { undo, redo } = useHistory();
  const readOnly = useDocument((s) => s.readOnly);
  return (
    <>
      <CommandButton id="edit.undo" disabled={undo === 0 || readOnly}>
        <Undo2 size={16} />
      </CommandButton>
      <CommandButton id="edit.redo" disabled={redo === 0 || readOnly}>
        <Redo2 size={16} />
      </CommandButton>
    </>
  );
}

function ThemeItems() {
  const { t } = useText();
  const theme = useView((s) => s.theme);
  const set = useView((s) => s.set);
  return (
    <>
      <MenuLabel>{t("shell.theme.title")}</MenuLabel>
      {THEMES.map(({ theme: one, icon: Icon }) => (
        <MenuChoice key={one} chosen={theme === one} icon={<Icon size={16} />} onChoose={() => set({ theme: one })}>
          {t(`shell.theme.${one}`)}
        </MenuChoice>
      ))}
    </>
  );
}

function LanguageItems() {
  const { t, language } = useText();
  const set = useView((s) => s.set);
  return (
    <>
      <MenuLabel>{t("shell.language")}</MenuLabel>
      {LANGUAGES.map((one) => (
        <MenuChoice key={one} chosen={language === one} onChoose={() => set({ language: one })}>
          <span lang={one === "zh" ? "zh-CN" : one}>{LANGUAGE_NAMES[one]}</span>
        </MenuChoice>
      ))}
    </>
  );
}

function ExampleItems() {
  const { of, t } = useText();
  return (
    <>
      <MenuLabel>{t("shell.examples")}</MenuLabel>
      {EXAMPLES.map((example) => (
        <MenuItem key={example.id} onChoose={example.open}>
          {of(example.title)}
        </MenuItem>
      ))}
    </>
  );
}

/** Every command that names the menu as its place. */
function CommandItems() {
  const { t } = useText();
  return allCommands()
    .filter((one) => one.places?.includes("menu"))
    .map((one) => (
      <MenuItem
        key={one.id}
        icon={one.icon}
        keys={one.keys?.[0] && showChord(one.keys[0])}
        disabled={!isPossible(one)}
        onChoose={() => perform(one.id)}
      >
        {t(titleOf(one))}
      </MenuItem>
    ));
}

export function Header() {
  const { t } = useText();
  const width = useWidth();
  const help = command("view.shortcuts");
  const isWide = width === "wide";
  return (
    <div className={styles.header}>
      <Logo />
      <Title />
      {width !== "narrow" && <SavedState />}
      <div className={styles.space} />
      {width !== "narrow" && (
        <div className={styles.group}>
          <UndoRedo />
        </div>
      )}
      {isWide && (
        <>
          <Menu label={t("shell.examples")} words>
            <ExampleItems />
          </Menu>
          <button
            type="button"
            className={`${controls.button} ${controls.quiet}`}
            onClick={() => perform("file.import")}
          >
            <FolderInput size={16} aria-hidden />
            {t("commands.file.import")}
          </button>
        </>
      )}
      <Hint text={t("shell.shareHint")}>
        <button
          type="button"
          className={`${controls.button} ${controls.primary}`}
          onClick={() => perform("file.share")}
        >
          <Share2 size={16} aria-hidden />
          {t("commands.file.share")}
        </button>
      </Hint>
      {isWide && (
        <div className={styles.group}>
          <Menu label={t("shell.language")} icon={<Languages size={16} />}>
            <LanguageItems />
          </Menu>
          <Menu label={t("shell.theme.title")} icon={<SunMoon size={16} />}>
            <ThemeItems />
          </Menu>
          {help && (
            <CommandButton id={help.id}>
              <CircleHelp size={16} />
            </CommandButton>
          )}
        </div>
      )}
      <Menu label={t("shell.menu")} icon={<Ellipsis size={16} />}>
        {!isWide && (
          <>
            <ExampleItems />
            <MenuLine />
          </>
        )}
        <CommandItems />
        {!isWide && (
          <>
            <MenuLine />
            <LanguageItems />
            <ThemeItems />
          </>
        )}
      </Menu>
    </div>
  );
}
