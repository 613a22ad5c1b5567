import * as Dropdown from "radix-ui/dropdown-menu";
import { allCommands, type Command, isPossible, showChord, titleOf } from "../../commands/index.ts";
import { MenuItem, MenuLine } from "../../panels/shell/Menu.tsx";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { canvas } from "../control.ts";
import { useCanvas } from "../state.ts";
import styles from "./Menus.module.css";

const close = () => useCanvas.setState({ menu: null });

const isSpecial = (command: Command): boolean => command.group === "live" || command.hidden === true;

/** The menu of a node, an edge or the canvas: whatever the registry offers there. */
export function NodeMenu() {
  const { t } = useText();
  const menu = useCanvas((s) => s.menu);
  if (menu === null) return null;
  // Operations that make no sense for this node would only be in the way; the others stay in their place.
  const offered = allCommands().filter(
    (command) => command.places?.includes(menu.place) && (isPossible(command) || !isSpecial(command)),
  );
  const groups = new Map<string, Command[]>();
  for (const command of offered) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return (
    <Dropdown.Root open onOpenChange={(open) => !open && close()} modal={false}>
      <Dropdown.Trigger asChild>
        <span className={styles.anchor} style={{ left: menu.at.x, top: menu.at.y }} aria-hidden />
      </Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content
          className={`${controls.float} ${controls.menu}`}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            // Back to what the menu was about, unless the command has put the focus elsewhere.
            event.preventDefault();
            if (document.activeElement === document.body && menu.id !== null) canvas()?.focus(menu.id);
          }}
        >
          {[...groups].map(([group, commands], i) => (
            <div key={group}>
              {i > 0 && <MenuLine />}
              {commands.map((command) => (
                <MenuItem
                  key={command.id}
                  icon={command.icon}
                  keys={command.keys?.[0] && showChord(command.keys[0])}
                  disabled={!isPossible(command)}
                  onChoose={() => command.perform()}
                >
                  {t(titleOf(command))}
                </MenuItem>
              ))}
            </div>
          ))}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}
