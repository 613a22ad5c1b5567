import { EXAMPLES } from "../../../commands/examples.ts";
import { useText } from "../../../text/index.ts";
import type { MenuProps } from "../Menu.tsx";
import { MenuAt, MenuItem, MenuLabel } from "../MenuAt.tsx";

export function ExampleItems() {
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

export default function Examples(props: MenuProps) {
  return (
    <MenuAt {...props}>
      <ExampleItems />
    </MenuAt>
  );
}
