import { CommandIcon } from "../../../commands/CommandIcon.tsx";
import { allCommands, type CommandGroup, isPossible, perform, shownKey, titleOf } from "../../../commands/index.ts";
import { useText } from "../../../text/index.ts";
import type { MenuProps } from "../Menu.tsx";
import { MenuAt, MenuItem, MenuLine } from "../MenuAt.tsx";
import { useWidth } from "../use-width.ts";
import { LanguageItems } from "./Languages.tsx";
import { ThemeItems } from "./Themes.tsx";

const GROUPS: readonly CommandGroup[] = ["edit", "file", "arrange", "view", "help"];
const NO_BUTTON_WHEN_NARROW = ["edit.undo", "edit.redo"];

/** Every command that names the menu as its place, and on smaller screens what has no button of its own there. */
export default function Main(props: MenuProps) {
  const { t } = useText();
  const width = useWidth();
  const isWide = width === "wide";
  const commands = allCommands()
    .filter((one) => one.places?.includes("menu") || (width === "narrow" && NO_BUTTON_WHEN_NARROW.includes(one.id)))
    .sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
  return (
    <MenuAt {...props}>
      {commands.map((one) => (
        <MenuItem
          key={one.id}
          icon={<CommandIcon id={one.id} />}
          keys={shownKey(one)}
          disabled={!isPossible(one)}
          onChoose={() => perform(one.id)}
        >
          {t(titleOf(one))}
        </MenuItem>
      ))}
      {!isWide && (
        <>
          <MenuLine />
          <LanguageItems />
          <ThemeItems />
        </>
      )}
    </MenuAt>
  );
}
