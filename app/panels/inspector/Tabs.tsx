import * as RadixTabs from "radix-ui/tabs";
import type { ReactNode } from "react";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import styles from "./Inspector.module.css";

export type InspectorTab = "settings" | "live" | "connections" | "why";

/** The tabs of the inspector. The chosen one is kept on the device; one that this selection does not have falls back to the first. */
export function Tabs({ tabs }: { tabs: Partial<Record<InspectorTab, ReactNode>> }) {
  const { t } = useText();
  const wanted = useView((s) => s.panels.inspector.tab);
  const panel = useView((s) => s.panel);
  const names = Object.keys(tabs) as InspectorTab[];
  const tab = names.find((name) => name === wanted) ?? names[0] ?? "settings";
  return (
    <RadixTabs.Root
      className={styles.inspector}
      value={tab}
      onValueChange={(value) => panel("inspector", { tab: value })}
      activationMode="manual"
    >
      <RadixTabs.List className={styles.tabs} aria-label={t("panels.inspector.tabs.label")}>
        {names.map((name) => (
          <RadixTabs.Trigger key={name} value={name} className={styles.tab}>
            {t(`panels.inspector.tabs.${name}`)}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {names.map((name) => (
        <RadixTabs.Content key={name} value={name} className={styles.body}>
          {tabs[name]}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
