import type { MessageTrace } from "../../../../engine/worker/protocol.ts";
import { askTrace } from "../../../bridge/life.ts";
import { canvas } from "../../../canvas/control.ts";
import { useLife } from "../../../store/life.ts";
import { useRun } from "../../../store/run.ts";
import "./follow.css";

const EVERY_MS = 250;
const MARK = "data-traced";
/** px of the window that the node stays away from the edge of the canvas. */
const MARGIN = 24;

let timer = 0;
let isWaiting = false;
let seen = "";

/** Outlines the nodes that the followed message is at, and brings the first of them into view. Runs while a message is followed, whichever tab is open. */
function mark(at: readonly string[]): void {
  for (const element of document.querySelectorAll(`[${MARK}]`)) {
    if (!at.includes(element.getAttribute("data-id") ?? "")) element.removeAttribute(MARK);
  }
  for (const id of at) nodeElement(id)?.setAttribute(MARK, "");
  const first = at[0] === undefined ? null : nodeElement(at[0]);
  if (first !== null) keepInView(first);
}

const nodeElement = (id: string) => document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

function keepInView(element: Element): void {
  const frame = element.closest(".react-flow")?.getBoundingClientRect();
  if (frame === undefined) return;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const over = (low: number, high: number, min: number, max: number) =>
    low < min + MARGIN ? low - min - MARGIN : high > max - MARGIN ? high - max + MARGIN : 0;
  const x = over(left, right, frame.left, frame.right);
  const y = over(top, bottom, frame.top, frame.bottom);
  if (x !== 0 || y !== 0) canvas()?.pan({ x, y });
}

/** Where the message is; when it is over, where it was last. */
function placesOf(trace: MessageTrace): readonly string[] {
  if (trace.at.length > 0) return trace.at;
  const last = trace.legs.flatMap(({ stages }) => stages.slice(-1)).sort((a, b) => b.event - a.event)[0];
  return last === undefined || last.node === "" ? [] : [last.node];
}

async function look(): Promise<void> {
  const { message } = useLife.getState();
  const { time, lastEvent, passage } = useRun.getState();
  const now = `${message} ${time} ${lastEvent} ${passage}`;
  if (message === null || isWaiting || now === seen || document.hidden) return;
  isWaiting = true;
  try {
    const trace = await askTrace(message);
    const { follows, message: wanted } = useLife.getState();
    if (trace !== null && follows && wanted === message) {
      seen = now;
      mark(placesOf(trace));
    }
  } catch {
    // Another run has begun; the next look asks again.
  } finally {
    isWaiting = false;
  }
}

function update(): void {
  const { follows, message } = useLife.getState();
  seen = "";
  if (follows && message !== null) {
    if (timer === 0) timer = window.setInterval(() => void look(), EVERY_MS);
    void look();
    return;
  }
  window.clearInterval(timer);
  timer = 0;
  mark([]);
}

let isListening = false;

/** From the first time that the Messages tab is open, whoever is followed is followed on, whichever tab is shown. */
export function listenForFollowed(): void {
  if (isListening) return;
  isListening = true;
  useLife.subscribe((now, before) => {
    if (now.follows !== before.follows || now.message !== before.message) update();
  });
  update();
}
