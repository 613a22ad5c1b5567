import { CommandIcon } from "../../../commands/CommandIcon.tsx";
import { allCommands, isPossible, perform, showChord, titleOf } from "../../../commands/index.ts";
import { useText } from "../../../text/index.ts";
import type { MenuProps } from "../Menu.tsx";
import { MenuAt, MenuItem, MenuLine } from "../MenuAt.tsx";
import { useWidth } from "../use-width.ts";
import { ExampleItems } from "./Examples.tsx";
import { LanguageItems } from "./Languages.tsx";
import { ThemeItems } from "./Themes.tsx";

/** Every command that names the menu as its place, and on smaller screens what has no button of its own there. */
export default function Main(props: MenuProps) {
  const { t } = useText();
  const isWide = useWidth() === "wide";
  const commands = allCommands().filter((one) => one.places?.includes("menu"));
  return (
    <MenuAt {...props}>
      {!isWide && (
        <>
          <ExampleItems />
          <MenuLine />
        </>
      )}
      {commands.map((one) => (
        <MenuItem
          key={one.id}
          icon={<CommandIcon id={one.id} />}
          keys={one.keys?.[0] && showChord(one.keys[0])}
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
