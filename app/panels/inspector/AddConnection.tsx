import { ArrowLeft, ArrowRight, Ban, Plus } from "lucide-react";
import * as Popover from "radix-ui/popover";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { groupsOf, NAME_LENGTH_MAX } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import styles from "./Connections.module.css";
import { addBeside, type Candidate, candidates, connectTo, type NewEnd, newEnds } from "./targets.ts";

type Option = { id: string; words: string } & ({ candidate: Candidate } | { end: NewEnd });

/** Every node that could be the other end, those that cannot with the reason, and new nodes to connect to: a combobox, so that no drag is needed. */
export function AddConnection({ id }: { id: string }) {
  const { t, find } = useText();
  const scenario = useDocument((s) => s.scenario);
  const apply = useDocument((s) => s.apply);
  const readOnly = useDocument((s) => s.readOnly);
  const select = useView((s) => s.select);
  const self = scenario.nodes.find((node) => node.id === id);
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [asking, setAsking] = useState<Candidate | null>(null);
  const [key, setKey] = useState("");
  const base = useId();
  const input = useRef<HTMLInputElement>(null);
  const options = useMemo((): Option[] => {
    if (!isOpen || self === undefined) return [];
    const kindName = (kind: string) => find(`kinds.${kind}.name`) ?? kind;
    const all: Option[] = [
      ...candidates(scenario, id).map(
        (candidate): Option => ({
          id: candidate.node.id,
          words: `${candidate.node.name} ${kindName(candidate.node.kind)}`,
          candidate,
        }),
      ),
      ...newEnds(self).map((end): Option => ({ id: `new-${end.way}-${end.kind}`, words: kindName(end.kind), end })),
    ];
    const wanted = text.trim().toLowerCase();
    const fits = all.filter(({ words }) => words.toLowerCase().includes(wanted));
    const rank = (option: Option) => ("end" in option ? 1 : option.candidate.ok ? 0 : 2);
    return [...fits].sort((a, b) => rank(a) - rank(b));
  }, [isOpen, scenario, id, self, text, find]);
  if (self === undefined) return null;
  const isLocked = self.locked === true;
  const asksGroup = asking?.ok === true && asking.ask === "group";
  const groups = asking !== null && asksGroup ? groupsOf(scenario, asking.way === "out" ? id : asking.node.id) : [];

  const close = () => {
    setOpen(false);
    setText("");
    setActive(0);
    setAsking(null);
    setKey("");
  };
  const draw = (candidate: Candidate, typed?: string) => {
    const name = candidate.ok && candidate.ask === "group" ? "group" : "key";
    const settings = typed === undefined || typed === "" ? undefined : { [name]: typed };
    const done = connectTo(useDocument.getState().scenario, id, candidate, settings);
    if (done) {
      apply(() => done.scenario);
      // What the broker compares beside a key is set on the link itself.
      if (candidate.ok && candidate.ask === "headers") select({ edges: [done.edge] });
    }
    close();
  };
  const choose = (option: Option | undefined) => {
    if (option === undefined) return;
    if ("end" in option) {
      const done = addBeside(useDocument.getState().scenario, id, option.end);
      if (done) apply(() => done.scenario);
      close();
    } else if (option.candidate.ok) {
      if (option.candidate.ask === "key" || option.candidate.ask === "group") setAsking(option.candidate);
      else draw(option.candidate);
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && options.length > 0) {
      event.preventDefault();
      const next = (active + step + options.length) % options.length;
      setActive(next);
      document.getElementById(`${base}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(options[active]);
    }
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={(open) => (open ? setOpen(true) : close())}>
      <Popover.Trigger asChild>
        <button
          type="button"
          className={`${controls.button} ${styles.add}`}
          disabled={readOnly || isLocked}
          title={isLocked ? t("panels.inspector.connections.isLocked") : undefined}
        >
          <Plus size={14} aria-hidden />
          {t("panels.inspector.connections.add")}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={`${controls.float} ${styles.popover}`}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t("panels.inspector.connections.addTo", { name: self.name })}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            input.current?.focus();
          }}
        >
          {asking ? (
            <form
              className={styles.ask}
              onSubmit={(event) => {
                event.preventDefault();
                draw(asking, key);
              }}
            >
              <label htmlFor={`${base}-key`}>
                {t(asksGroup ? "connection.ask.group" : "connection.ask.key")}
                {asksGroup && <small>{t("redis.ask.empty")}</small>}
              </label>
              <datalist id={`${base}-groups`}>
                {groups.map((group) => (
                  <option key={group} value={group} />
                ))}
              </datalist>
              <input
                id={`${base}-key`}
                className={controls.input}
                value={key}
                {...(asksGroup && { list: `${base}-groups` })}
                maxLength={asksGroup ? NAME_LENGTH_MAX : 255}
                spellCheck={false}
                autoComplete="off"
                // biome-ignore lint/a11y/noAutofocus: the person has just chosen a target and is asked for its key
                autoFocus
                onChange={(event) => setKey(event.target.value)}
              />
              <button type="submit" className={`${controls.button} ${controls.primary}`}>
                {t("panels.inspector.connections.addTo", { name: asking.node.name })}
              </button>
            </form>
          ) : (
            <>
              <input
                ref={input}
                className={`${controls.input} ${styles.search}`}
                role="combobox"
                aria-expanded
                aria-controls={`${base}-list`}
                aria-activedescendant={options.length > 0 ? `${base}-${active}` : undefined}
                aria-label={t("panels.inspector.connections.addTo", { name: self.name })}
                placeholder={t("panels.inspector.connections.search")}
                value={text}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => {
                  setText(event.target.value);
                  setActive(0);
                }}
                onKeyDown={press}
              />
              <div
                id={`${base}-list`}
                role="listbox"
                className={styles.list}
                aria-label={t("panels.inspector.connections.add")}
              >
                {options.length === 0 && <p className={styles.none}>{t("panels.inspector.connections.noMatch")}</p>}
                {options.map((option, index) => (
                  <OptionRow
                    key={option.id}
                    domId={`${base}-${index}`}
                    option={option}
                    isActive={index === active}
                    onPoint={() => setActive(index)}
                    onChoose={() => choose(option)}
                  />
                ))}
              </div>
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function OptionRow({
  domId,
  option,
  isActive,
  onPoint,
  onChoose,
}: {
  domId: string;
  option: Option;
  isActive: boolean;
  onPoint(): void;
  onChoose(): void;
}) {
  const { t, find } = useText();
  const isNew = "end" in option;
  const isOk = isNew || option.candidate.ok;
  const way = isNew ? option.end.way : option.candidate.way;
  const kind = isNew ? option.end.kind : option.candidate.node.kind;
  const kindName = find(`kinds.${kind}.name`) ?? kind;
  const Icon = isNew ? Plus : !isOk ? Ban : way === "out" ? ArrowRight : ArrowLeft;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the search field
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search field
    <div
      id={domId}
      role="option"
      aria-selected={isActive}
      aria-disabled={!isOk}
      className={styles.option}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <Icon size={14} aria-hidden />
      <span className={styles.optionWords}>
        {isNew ? (
          t(way === "out" ? "panels.inspector.connections.newOut" : "panels.inspector.connections.newIn", {
            kind: kindName,
          })
        ) : (
          <>
            <span className={styles.name}>{option.candidate.node.name}</span>
            <span className={styles.kind}>{kindName}</span>
          </>
        )}
        {!isNew && !option.candidate.ok && (
          <span className={styles.reason}>
            {find(`connection.${option.candidate.code}`, option.candidate.facts) ?? option.candidate.code}
          </span>
        )}
      </span>
    </div>
  );
}
