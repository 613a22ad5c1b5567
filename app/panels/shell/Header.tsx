import {
  CircleHelp,
  Ellipsis,
  FolderInput,
  GraduationCap,
  Languages,
  Redo2,
  Shapes,
  Share2,
  SunMoon,
  Undo2,
} from "lucide-react";
import { perform } from "../../commands/index.ts";
import { useDocument, useHistory } from "../../store/document.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { CommandButton } from "./CommandButton.tsx";
import styles from "./Header.module.css";
import { Hint } from "./Hint.tsx";
import { Logo } from "./Logo.tsx";
import { laterMenu, MenuButton } from "./Menu.tsx";
import { SavedState } from "./SavedState.tsx";
import { Title } from "./Title.tsx";
import { useWidth } from "./use-width.ts";

const LANGUAGE = laterMenu(() => import("./menus/Languages.tsx"));
const THEME = laterMenu(() => import("./menus/Themes.tsx"));
const MAIN = laterMenu(() => import("./menus/Main.tsx"));

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

export function Header() {
  const { t } = useText();
  const width = useWidth();
  const isWide = width === "wide";
  return (
    <div className={styles.header}>
      <h1 className={styles.logo}>
        <Logo />
      </h1>
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
          <button
            type="button"
            className={`${controls.button} ${controls.quiet}`}
            onClick={() => perform("file.examples")}
          >
            <Shapes size={16} aria-hidden />
            {t("commands.file.examples")}
          </button>
          <button
            type="button"
            className={`${controls.button} ${controls.quiet}`}
            onClick={() => perform("file.lessons")}
          >
            <GraduationCap size={16} aria-hidden />
            {t("commands.file.lessons")}
          </button>
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
          <MenuButton menu={LANGUAGE} label={t("shell.language")} icon={<Languages size={16} />} />
          <MenuButton menu={THEME} label={t("shell.theme.title")} icon={<SunMoon size={16} />} />
          <CommandButton id="view.shortcuts">
            <CircleHelp size={16} />
          </CommandButton>
        </div>
      )}
      <MenuButton menu={MAIN} label={t("shell.menu")} icon={<Ellipsis size={16} />} />
    </div>
  );
}
