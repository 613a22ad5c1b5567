import { useView } from "../../../store/view.ts";
import { LANGUAGE_NAMES, LANGUAGES, useText } from "../../../text/index.ts";
import type { MenuProps } from "../Menu.tsx";
import { MenuAt, MenuChoice, MenuLabel } from "../MenuAt.tsx";

export function LanguageItems() {
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

export default function Languages(props: MenuProps) {
  return (
    <MenuAt {...props}>
      <LanguageItems />
    </MenuAt>
  );
}
