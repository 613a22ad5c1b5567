import { type Frame, LOOK, MAX_SPEED } from "../../../engine/worker/protocol.ts";
import { frames } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { routeOf } from "../edges/routes.ts";
import { Bands, type EdgeLoad } from "./bands.ts";
import { DisplayClock } from "./display-clock.ts";
import { type Colours, draw, FALL_MS, type Fall, type Pen } from "./draw.ts";
import { Falls } from "./falls.ts";
import { type Picked, tokenAt } from "./pick.ts";
import { ECHO_MS, TokenBook } from "./token-book.ts";

const DECIDE_MS = 250;
const KEY_HUES = 8;

interface Words {
  lost(): string;
  gone(reason: string, count: number): string;
}

interface View {
  width: number;
  height: number;
  ratio: number;
  view: readonly [number, number, number];
  showAcks: boolean;
}

/** What is on the move: takes frames in, decides between tokens and bands, and has itself drawn. */
export class TokenScene {
  readonly #book = new TokenBook();
  readonly #clock = new DisplayClock();
  readonly #bands = new Bands();
  readonly #falls: Falls;
  readonly #words: Words;
  #edgeIds: string[] = [];
  #stay = new Float64Array(0);
  #rates = new Float64Array(0);
  #widths: { edge: number; width: number }[] = [];
  #decidedAt = 0;
  #passage = 0;
  #runId = -1;
  #isRunning = false;
  #colours: Colours | null = null;

  constructor(words: Words) {
    this.#words = words;
    this.#falls = new Falls(words.gone);
    this.#readLayout();
  }

  get stands(): number {
    return this.#widths.length > 0 ? this.#bands.stands : 1;
  }

  get isMoving(): boolean {
    return this.#isRunning || this.#book.count > 0 || this.#falls.list.length > 0;
  }

  /** The page has others now. */
  dropColours(): void {
    this.#colours = null;
  }

  /** Listens to the engine. @param wake asks to be painted @returns stops */
  follow(wake: () => void): () => void {
    const stops = [
      frames.subscribe((frame) => {
        this.#take(frame, performance.now());
        wake();
      }),
      frames.onLayout(() => {
        this.#readLayout();
        wake();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  paint(pen: Pen, view: View, now: number): void {
    // Not before: to read them the browser works out the style of the whole page.
    this.#colours ??= coloursOfPage();
    const time = this.#clock.draw(now);
    this.#book.retire(time, now);
    this.#falls.retire(now, FALL_MS);
    draw(pen, {
      ...view,
      time,
      now,
      book: this.#book,
      line: this.#line,
      bands: this.#widths,
      falls: this.#falls.list as readonly Fall[],
      colours: this.#colours,
      lostWord: this.#words.lost(),
    });
  }

  /** The token at a point of the surface, px of the page. */
  pick(
    x: number,
    y: number,
    { view, showAcks }: Pick<View, "view" | "showAcks">,
    now: number,
    reach: number,
  ): Picked | null {
    const [left, top, zoom] = view;
    const drawn = { book: this.#book, time: this.#clock.time, now, showAcks, line: this.#line };
    return tokenAt(drawn, { x: (x - left) / zoom, y: (y - top) / zoom }, reach / zoom);
  }

  readonly #line = (edge: number) => routeOf(this.#edgeIds[edge] ?? "")?.samples;

  #readLayout(): void {
    const before = this.#edgeIds;
    const edges = frames.layout?.edges ?? [];
    this.#edgeIds = edges.map((edge) => edge.id);
    const place = new Map(this.#edgeIds.map((id, i) => [id, i]));
    this.#book.renumber((edge) => place.get(before[edge] ?? "") ?? -1);
    this.#bands.resize(edges.length);
    this.#stay = new Float64Array(edges.length).fill(ECHO_MS / 1000);
    this.#rates = new Float64Array(edges.length);
    this.#widths = [];
    if (edges.length === 0) this.#falls.clear();
  }

  #take(frame: Frame, now: number): void {
    const { runId, speed } = useRun.getState();
    if (runId !== this.#runId || frame.passage !== this.#passage) {
      this.#runId = runId;
      this.#passage = frame.passage;
      this.#book.clear();
      this.#falls.clear();
    }
    this.#isRunning = frame.running;
    this.#clock.hear(frame.time, frame.running, now);
    // Virtual µs per real ms: what was reached, else what was asked for.
    const pace = this.#clock.pace > 0 ? this.#clock.pace : (speed === MAX_SPEED ? 100 : speed) * 1000;
    this.#add(frame, pace);
    if (now - this.#decidedAt >= DECIDE_MS) {
      this.#decidedAt = now;
      this.#decide(pace);
      this.#falls.look(useDocument.getState().scenario, now);
    }
  }

  #add(frame: Frame, pace: number): void {
    const { tokens, skipped } = frame;
    const bands = this.#bands;
    for (let edge = 0; edge < skipped.length; edge++)
      if ((skipped[edge] as number) > 0) bands.pass(edge, skipped[edge] as number);
    for (let i = 0; i + 3 < tokens.length; i += 4) {
      const edge = tokens[i] as number;
      const departure = tokens[i + 1] as number;
      const arrival = tokens[i + 2] as number;
      const look = tokens[i + 3] as number;
      const kind = look & 15;
      const isMessage = kind === LOOK.message || kind === LOOK.reply;
      const real = (arrival - departure) / pace;
      const isEcho = real < ECHO_MS;
      if (isMessage && edge < this.#stay.length) {
        const stay = Math.max(ECHO_MS, real) / 1000;
        this.#stay[edge] = (this.#stay[edge] as number) * 0.9 + stay * 0.1;
      }
      const isBand = bands.isBand[edge] === 1;
      if (isBand && !(isMessage && bands.pass(edge, 1))) continue;
      this.#book.add(edge, departure, arrival, look, isEcho, isBand ? bands.stands : 1);
    }
  }

  #decide(pace: number): void {
    const edges = frames.layout?.edges ?? [];
    const loads: EdgeLoad[] = edges.map((edge, i) => {
      const rate = this.#isRunning ? ((frames.metric(edge.id, "messages.rate") || 0) * pace) / 1000 : 0;
      this.#rates[i] = rate;
      return { rate, stay: this.#stay[i] as number };
    });
    // A pause keeps the picture as it is.
    if (!this.#isRunning) return;
    this.#bands.decide(loads);
    this.#widths = [];
    for (let edge = 0; edge < edges.length; edge++)
      if (this.#bands.isBand[edge] === 1) this.#widths.push({ edge, width: Bands.width(this.#rates[edge] as number) });
  }
}

function coloursOfPage(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const isDark = document.documentElement.dataset.theme === "dark";
  return {
    keys: Array.from({ length: KEY_HUES }, (_, i) => read(`--key-${i}`)),
    noKey: read("--key-none"),
    onToken: isDark ? "#10141a" : "#ffffff",
    ring: read("--text"),
    good: read("--good"),
    bad: read("--bad"),
    band: isDark ? "rgb(141 162 251 / 30%)" : "rgb(58 87 214 / 22%)",
    ground: read("--ground"),
    font: read("--font"),
  };
}
