import { Command as List } from "cmdk";
import { BookOpen, GraduationCap } from "lucide-react";
import { useEffect, useState } from "react";
import { type CatalogueEntry, idOf } from "../../../scenarios/entry.ts";
import { LESSON_IDS } from "../../../scenarios/paths.ts";
import { loadCatalogue, openExample } from "../../commands/examples.ts";
import { startLesson } from "../../commands/lessons.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import styles from "./CommandPalette.module.css";

/** Examples and lessons in the command palette. @param choose closes the palette, then does it */
export function CatalogueItems({ choose }: { choose: (perform: () => void) => void }) {
  const { t, of } = useText();
  const [entries, setEntries] = useState<readonly CatalogueEntry[]>([]);
  useEffect(() => {
    let isWanted = true;
    void loadCatalogue().then((found) => isWanted && setEntries(found));
    return () => {
      isWanted = false;
    };
  }, []);
  const item = (entry: CatalogueEntry, what: "example" | "lesson") => {
    const { title } = entry.scenario.meta;
    const Icon = what === "lesson" ? GraduationCap : BookOpen;
    return (
      <List.Item
        key={idOf(entry)}
        value={`${what} ${idOf(entry)}`}
        keywords={[idOf(entry), ...(typeof title === "string" ? [title] : [title.en, title.zh])]}
        className={controls.menuItem}
        onSelect={() => choose(() => (what === "lesson" ? void startLesson(entry) : openExample(entry)))}
      >
        <Icon size={16} aria-hidden />
        <span>{of(title)}</span>
      </List.Item>
    );
  };
  if (entries.length === 0) return null;
  return (
    <>
      <List.Group heading={t("dialogs.examples.title")} className={styles.group}>
        {entries.map((entry) => item(entry, "example"))}
      </List.Group>
      <List.Group heading={t("lesson.gallery.title")} className={styles.group}>
        {entries.filter((entry) => LESSON_IDS.includes(idOf(entry))).map((entry) => item(entry, "lesson"))}
      </List.Group>
    </>
  );
}
