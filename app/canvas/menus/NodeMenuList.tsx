import { CommandIcon } from "../../commands/CommandIcon.tsx";
import { allCommands, type Command, isPossible, shownKey, titleOf } from "../../commands/index.ts";
import { MenuAt, MenuItem, MenuLine } from "../../panels/shell/MenuAt.tsx";
import { useText } from "../../text/index.ts";
import { canvas } from "../control.ts";
import { type CanvasState, useCanvas } from "../state.ts";

const isSpecial = (command: Command): boolean =>
  command.group === "live" || command.hidden === true || command.onlyWhenPossible === true;

/** Whatever the registry offers at a place. */
export default function NodeMenuList({ at, place, id }: NonNullable<CanvasState["menu"]>) {
  const { t } = useText();
  // Operations that make no sense for this node would only be in the way; the others stay in their place.
  const offered = allCommands().filter(
    (command) => command.places?.includes(place) && (isPossible(command) || !isSpecial(command)),
  );
  const groups = new Map<string, Command[]>();
  // What can be done to the run comes first (product.md §3.3).
  groups.set("live", []);
  for (const command of offered) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  const close = () => {
    useCanvas.setState({ menu: null });
    // Back to what the menu was about, unless the command has put the focus elsewhere.
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      if (id !== null) canvas()?.focus(id);
      else document.querySelector<HTMLElement>("[data-region=canvas]")?.focus();
    }, 0);
  };
  return (
    <MenuAt at={at} align="start" onClose={close}>
      {[...groups]
        .filter(([, commands]) => commands.length > 0)
        .map(([group, commands], i) => (
          <div key={group}>
            {i > 0 && <MenuLine />}
            {commands.map((command) => (
              <MenuItem
                key={command.id}
                icon={<CommandIcon id={command.id} />}
                keys={shownKey(command)}
                disabled={!isPossible(command)}
                onChoose={() => command.perform()}
              >
                {t(titleOf(command))}
              </MenuItem>
            ))}
          </div>
        ))}
    </MenuAt>
  );
}
