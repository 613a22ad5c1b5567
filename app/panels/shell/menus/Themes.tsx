import { Moon, Sun, SunMoon } from "lucide-react";
import { type Theme, useView } from "../../../store/view.ts";
import { useText } from "../../../text/index.ts";
import type { MenuProps } from "../Menu.tsx";
import { MenuAt, MenuChoice, MenuLabel } from "../MenuAt.tsx";

const THEMES: readonly { theme: Theme; icon: typeof Sun }[] = [
  { theme: "system", icon: SunMoon },
  { theme: "light", icon: Sun },
  { theme: "dark", icon: Moon },
];

export function ThemeItems() {
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

export default function Themes(props: MenuProps) {
  return (
    <MenuAt {...props}>
      <ThemeItems />
    </MenuAt>
  );
}
