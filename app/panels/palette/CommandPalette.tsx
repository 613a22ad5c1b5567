import { defaultFilter, Command as List } from "cmdk";
import { Mail } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import { canvas } from "../../canvas/control.ts";
import { Glyph } from "../../canvas/nodes/Glyph.tsx";
import { CommandIcon } from "../../commands/CommandIcon.tsx";
import { allCommands, type Command, isPossible, shownKey, titleOf } from "../../commands/index.ts";
import type { DialogProps } from "../../store/dialogs.ts";
import { useDocument } from "../../store/document.ts";
import { useLife } from "../../store/life.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { chinese } from "../../text/chinese.ts";
import { useText, wordsIn } from "../../text/index.ts";
import { hasInitials } from "../../text/pinyin.ts";
import { useFocusBack } from "../shell/focus-back.ts";
import { CatalogueItems } from "./CatalogueItems.tsx";
import styles from "./CommandPalette.module.css";
import { recentCommands, remember } from "./recent.ts";

/** Below a word that is typed out in full, above one whose letters lie scattered. */
const BY_INITIALS = 0.7;

/** How well a line answers: by its words, or by the first letters of their pinyin. */
const score = (value: string, text: string, keywords?: string[]): number =>
  Math.max(
    defaultFilter(value, text, keywords),
    [value, ...(keywords ?? [])].some((words) => hasInitials(words, text)) ? BY_INITIALS : 0,
  );

/** The Chinese text of a name; "" while the table has not come. */
type Zh = (key: string) => string;
const NO_WORDS: Zh = () => "";

/** What the list calls a line. A line is judged anew when it is called otherwise: the Chinese words come a moment later. */
const commandLine = (command: Command, zh: Zh): string => `${command.id} ${zh(titleOf(command))}`.trim();
const nodeLine = ({ id, kind }: ScenarioNode, zh: Zh): string => `node ${id} ${zh(`kinds.${kind}.name`)}`.trim();

/** Every command, node, example and lesson, found by words of either language or the first letters of pinyin. */
export default function CommandPalette() {
  const { t, find } = useText();
  const close = useView((s) => s.closeDialog);
  const focusBack = useFocusBack();
  const { nodes, edges } = useDocument((s) => s.scenario);
  const isFind = useView(
    (s) => s.dialog?.name === "palette" && (s.dialog.props as DialogProps["palette"]).only === "nodes",
  );
  const [text, setText] = useState("");
  const [zh, setZh] = useState<Zh>(() => NO_WORDS);
  const [chosen, setChosen] = useState("");
  /** What of a node and its connections is looked for beside its name. */
  const wordsOf = (node: ScenarioNode) =>
    [node, ...edges.filter(({ from, to }) => from === node.id || to === node.id)]
      .flatMap(({ settings: s }) => [s?.key, s?.routingKey, s?.group, s?.pattern, s?.tag, s?.filter])
      .map((word) => (typeof word === "string" ? word : ""));
  const message = /^[#＃]?(\d{1,9})$/.exec(text.trim())?.[1];
  const commands = useMemo(() => {
    const recent = recentCommands();
    const rank = (id: string) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
    return allCommands()
      .filter((command) => !command.hidden && isPossible(command))
      .sort((a, b) => rank(a.id) - rank(b.id));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched once, when the palette opens
  useEffect(() => {
    let isWanted = true;
    void chinese().then((found) => {
      if (!isWanted) return;
      setZh(() => found);
      // The chosen line stays chosen, though it is called otherwise now.
      setChosen((line) => {
        const command = commands.find((one) => commandLine(one, NO_WORDS) === line);
        if (command) return commandLine(command, found);
        const node = nodes.find((one) => nodeLine(one, NO_WORDS) === line);
        return node ? nodeLine(node, found) : line;
      });
    });
    return () => {
      isWanted = false;
    };
  }, []);
  const choose = (perform: () => void) => {
    close();
    // First the focus goes back: another dialog remembers where it was.
    setTimeout(() => {
      focusBack();
      perform();
    }, 0);
  };
  return (
    <List.Dialog
      open
      onOpenChange={(open) => !open && close()}
      label={t("commands.view.commands")}
      overlayClassName={controls.scrim ?? ""}
      contentClassName={`${controls.float} ${styles.palette}`}
      filter={score}
      value={chosen}
      onValueChange={setChosen}
      loop
    >
      <List.Input
        className={styles.input}
        placeholder={t(isFind ? "shell.commandPalette.find" : "shell.commandPalette.search")}
        value={text}
        onValueChange={setText}
      />
      <List.List className={styles.list}>
        <List.Empty className={styles.nothing}>{t("shell.commandPalette.nothing")}</List.Empty>
        {!isFind && (
          <List.Group heading={t("shell.commandPalette.commands")} className={styles.group}>
            {commands.map((command) => {
              const title = titleOf(command);
              return (
                <List.Item
                  key={command.id}
                  value={commandLine(command, zh)}
                  keywords={[t(title), wordsIn("en").t(title), command.id, zh(title)]}
                  className={controls.menuItem}
                  onSelect={() =>
                    choose(() => {
                      remember(command.id);
                      command.perform();
                    })
                  }
                >
                  <CommandIcon id={command.id} />
                  <span>{t(title)}</span>
                  <span className={controls.menuKeys}>{shownKey(command)}</span>
                </List.Item>
              );
            })}
          </List.Group>
        )}
        {nodes.length > 0 && (
          <List.Group heading={t("shell.commandPalette.nodes")} className={styles.group}>
            {nodes.map((node) => {
              const kind = find(`kinds.${node.kind}.name`) ?? node.kind;
              const kindZh = zh(`kinds.${node.kind}.name`);
              return (
                <List.Item
                  key={node.id}
                  value={nodeLine(node, zh)}
                  keywords={[node.name, kind, node.kind, kindZh, ...wordsOf(node)]}
                  className={controls.menuItem}
                  onSelect={() =>
                    choose(() => {
                      useView.getState().select({ nodes: [node.id] });
                      canvas()?.focus(node.id);
                    })
                  }
                >
                  <Glyph kind={node.kind} size={16} />
                  <span>{node.name}</span>
                  <span className={controls.menuKeys}>{kind}</span>
                </List.Item>
              );
            })}
          </List.Group>
        )}
        {message !== undefined && (
          <List.Group heading={t("life.searchLabel")} className={styles.group}>
            <List.Item
              value={`message ${text}`}
              className={controls.menuItem}
              onSelect={() =>
                choose(() => {
                  useLife.setState({ message: Number(message) });
                  useView.getState().panel("dock", { open: true, tab: "messages" });
                })
              }
            >
              <Mail size={16} aria-hidden />
              <span>{t("life.title", { message })}</span>
            </List.Item>
          </List.Group>
        )}
        {!isFind && text.trim() !== "" && <CatalogueItems choose={choose} />}
      </List.List>
    </List.Dialog>
  );
}
