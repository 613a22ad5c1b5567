import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { DialogName, DialogProps } from "./dialogs.ts";

export type Theme = "system" | "light" | "dark";
export type Motion = "system" | "reduced" | "full";
/** Mirrors the tables in `app/text`; kept apart because the store knows no React. */
export type Language = "en" | "zh";

export interface Selection {
  nodes: readonly string[];
  edges: readonly string[];
}

export interface Panels {
  palette: { open: boolean };
  inspector: { open: boolean; width: number; tab: string };
  dock: { open: boolean; height: number; tab: string };
}

/** Something to say that does not belong to one place on the page; goes away by itself or by hand. */
export interface Notice {
  id: number;
  tone: "info" | "success" | "warning" | "error";
  /** Text key and its fillings. */
  key: string;
  facts?: Readonly<Record<string, string | number | boolean>>;
  action?: { key: string; perform(): void };
  /** Real ms until it goes by itself; 0 = only by hand. */
  stays: number;
}

export interface OpenDialog<N extends DialogName = DialogName> {
  name: N;
  props: DialogProps[N];
}

/** What the hand is doing on the canvas, when it is not simply selecting. */
export type Tool =
  | { name: "select" }
  /** A source is chosen; the next node completes the connection. */
  | { name: "connect"; from: string; by: "pointer" | "keyboard" };

export interface ViewState {
  selection: Selection;
  /** null = follow the browser. */
  language: Language | null;
  theme: Theme;
  motion: Motion;
  /** Single letters and signs as shortcuts (WCAG 2.1.4: can be switched off). */
  characterKeys: boolean;
  wheel: "zoom" | "pan";
  minimap: boolean | null;
  grid: boolean;
  /** The drawing as a tree, in the palette's place. */
  outline: boolean;
  showAcks: boolean;
  /** Real seconds between spoken summaries; 0 = off. */
  announceEvery: 0 | 5 | 15 | 30;
  runWhenHidden: boolean;
  /** Keys that this person has chosen, by command; a command that is not here has its own. */
  keys: Readonly<Record<string, readonly string[]>>;
  welcomed: boolean;
  panels: Panels;
  tool: Tool;
  dialog: OpenDialog | null;
  notices: readonly Notice[];
  select(selection: Partial<Selection>): void;
  set(change: Partial<Settable>): void;
  panel<P extends keyof Panels>(panel: P, change: Partial<Panels[P]>): void;
  setTool(tool: Tool): void;
  openDialog<N extends DialogName>(
    name: N,
    ...props: Record<never, never> extends DialogProps[N] ? [DialogProps[N]?] : [DialogProps[N]]
  ): void;
  closeDialog(): void;
  notify(notice: Omit<Notice, "id" | "stays"> & { stays?: number }): number;
  dismiss(id: number): void;
}

type Settable = Pick<
  ViewState,
  | "language"
  | "theme"
  | "motion"
  | "characterKeys"
  | "wheel"
  | "minimap"
  | "grid"
  | "outline"
  | "showAcks"
  | "announceEvery"
  | "runWhenHidden"
  | "keys"
  | "welcomed"
>;

/** Where it is kept; public/first-look.js reads it before the page's code is there. */
export const VIEW_KEPT_AS = "weir.view";

export const NOTHING_SELECTED: Selection = { nodes: [], edges: [] };
const NOTICES_MAX = 4;
let noticeCount = 0;

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((id, i) => id === b[i]);

/** What this person looks at and how: nothing here belongs to the document. Settings and panel sizes are kept on the device. */
export const useView = create<ViewState>()(
  persist(
    (set, get) => ({
      selection: NOTHING_SELECTED,
      language: null,
      theme: "system",
      motion: "system",
      characterKeys: true,
      wheel: "pan",
      minimap: null,
      grid: true,
      outline: false,
      showAcks: false,
      announceEvery: 5,
      runWhenHidden: false,
      keys: {},
      welcomed: false,
      panels: {
        palette: { open: true },
        inspector: { open: true, width: 320, tab: "settings" },
        dock: { open: true, height: 260, tab: "charts" },
      },
      tool: { name: "select" },
      dialog: null,
      notices: [],
      select: ({ nodes = [], edges = [] }) => {
        const now = get().selection;
        if (!same(now.nodes, nodes) || !same(now.edges, edges)) set({ selection: { nodes, edges } });
      },
      set,
      panel: (panel, change) =>
        set((s) => ({ panels: { ...s.panels, [panel]: { ...s.panels[panel], ...change } } as Panels })),
      setTool: (tool) => set({ tool }),
      openDialog: (name, ...[props]) => set({ dialog: { name, props: props ?? {} } as OpenDialog }),
      closeDialog: () => set({ dialog: null }),
      notify: (notice) => {
        const id = ++noticeCount;
        const full: Notice = { stays: notice.tone === "error" || notice.action ? 12_000 : 5_000, ...notice, id };
        set((s) => ({ notices: [...s.notices.filter((n) => n.key !== full.key), full].slice(-NOTICES_MAX) }));
        return id;
      },
      dismiss: (id) => set((s) => ({ notices: s.notices.filter((notice) => notice.id !== id) })),
    }),
    {
      name: VIEW_KEPT_AS,
      version: 1,
      storage: createJSONStorage(() => localStorage),
      partialize: (s) => ({
        language: s.language,
        theme: s.theme,
        motion: s.motion,
        characterKeys: s.characterKeys,
        wheel: s.wheel,
        minimap: s.minimap,
        grid: s.grid,
        outline: s.outline,
        showAcks: s.showAcks,
        announceEvery: s.announceEvery,
        runWhenHidden: s.runWhenHidden,
        keys: s.keys,
        welcomed: s.welcomed,
        panels: s.panels,
      }),
    },
  ),
);
