import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import { type PointerEvent, useRef, useState } from "react";
import { KINDS, type KindSpec, type NodeKind } from "../../../engine/scenario/index.ts";
import { addFromPalette, dropNode } from "../../canvas/actions.ts";
import { canvas } from "../../canvas/control.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { Hint } from "../shell/Hint.tsx";
import { IconButton } from "../shell/IconButton.tsx";
import { useWidth } from "../shell/use-width.ts";
import { KIND_GROUPS } from "./groups.ts";
import { KindShape } from "./KindShape.tsx";
import styles from "./Palette.module.css";

/** A press that moves less is a click. */
const DRAG_PX = 4;

interface Ghost {
  kind: NodeKind;
  x: number;
  y: number;
}

const isOverCanvas = (x: number, y: number): boolean =>
  document.elementFromPoint(x, y)?.closest("[data-region=canvas]") !== null;

/** The kinds of node: dragged onto the canvas, or placed by a click or Enter. */
export function Palette() {
  const { t } = useText();
  const width = useWidth();
  const isOpen = useView((s) => s.panels.palette.open) && width === "wide";
  const panel = useView((s) => s.panel);
  const readOnly = useDocument((s) => s.readOnly);
  const [wanted, setWanted] = useState("");
  const [ghost, setGhost] = useState<Ghost | null>(null);
  const words = wanted.trim().toLowerCase();
  const holds = (text: string) => text.toLowerCase().includes(isOpen ? words : "");
  const named = KINDS.filter(({ kind, group }) =>
    holds(`${t(`kinds.${kind}.name`)} ${kind} ${t(`kinds.groups.${group}`)}`),
  );
  // What no name holds may stand in what is said about a kind.
  const shown = named.length > 0 ? named : KINDS.filter(({ kind }) => holds(t(`kinds.${kind}.tip`)));
  return (
    <div className={styles.palette} data-rail={!isOpen || undefined}>
      {width === "wide" && (
        <div className={styles.top}>
          {isOpen && (
            <label className={styles.search}>
              <Search size={14} aria-hidden />
              <input
                type="search"
                aria-label={t("shell.palette.search")}
                placeholder={t("shell.palette.search")}
                value={wanted}
                onChange={(event) => setWanted(event.target.value)}
              />
            </label>
          )}
          <IconButton
            label={t(isOpen ? "shell.palette.fold" : "shell.palette.unfold")}
            aria-expanded={isOpen}
            onClick={() => panel("palette", { open: !isOpen })}
          >
            {isOpen ? <PanelLeftClose size={16} /> : <PanelLeftOpen size={16} />}
          </IconButton>
        </div>
      )}
      <div className={styles.groups}>
        {KIND_GROUPS.map((group) => {
          const kinds = shown.filter((spec) => spec.group === group);
          if (kinds.length === 0) return null;
          return (
            <section key={group} aria-label={t(`kinds.groups.${group}`)}>
              {isOpen && <h2 className={styles.group}>{t(`kinds.groups.${group}`)}</h2>}
              <ul className={styles.list}>
                {kinds.map((spec) => (
                  <li key={spec.kind}>
                    <Item spec={spec} isOpen={isOpen} disabled={readOnly} onGhost={setGhost} />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
        {shown.length === 0 && <p className={styles.nothing}>{t("shell.palette.nothing")}</p>}
      </div>
      {ghost && (
        <div className={styles.ghost} style={{ left: ghost.x, top: ghost.y }} aria-hidden>
          <KindShape kind={ghost.kind} size={64} />
        </div>
      )}
    </div>
  );
}

function Item({
  spec,
  isOpen,
  disabled,
  onGhost,
}: {
  spec: KindSpec;
  isOpen: boolean;
  disabled: boolean;
  onGhost(ghost: Ghost | null): void;
}) {
  const { t } = useText();
  const { kind } = spec;
  const press = useRef<{ x: number; y: number; isDrag: boolean } | null>(null);
  const move = (event: PointerEvent) => {
    const from = press.current;
    if (!from) return;
    if (!from.isDrag && Math.hypot(event.clientX - from.x, event.clientY - from.y) < DRAG_PX) return;
    from.isDrag = true;
    onGhost({ kind, x: event.clientX, y: event.clientY });
  };
  const lift = (event: PointerEvent) => {
    const from = press.current;
    press.current = null;
    onGhost(null);
    if (!from?.isDrag) return;
    suppressClick(event.currentTarget);
    const place = canvas()?.toCanvas({ x: event.clientX, y: event.clientY });
    if (place && isOverCanvas(event.clientX, event.clientY)) dropNode(kind, place);
  };
  const button = (
    <button
      type="button"
      className={styles.item}
      disabled={disabled}
      aria-label={t(`kinds.${kind}.name`)}
      aria-description={t(`kinds.${kind}.tip`)}
      data-palette-item={kind}
      onClick={() => addFromPalette(kind)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        press.current = { x: event.clientX, y: event.clientY, isDrag: false };
      }}
      onPointerMove={move}
      onPointerUp={lift}
      onPointerCancel={() => {
        press.current = null;
        onGhost(null);
      }}
    >
      <KindShape kind={kind} size={28} />
      {isOpen && <span>{t(`kinds.${kind}.name`)}</span>}
    </button>
  );
  const tip = t(`kinds.${kind}.tip`);
  return (
    <Hint text={isOpen ? tip : `${t(`kinds.${kind}.name`)}: ${tip}`} side="right">
      {button}
    </Hint>
  );
}

/** The click that the browser adds after a drag is none. */
function suppressClick(target: Element): void {
  const stop = (event: Event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  target.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => target.removeEventListener("click", stop, { capture: true }), 0);
}
