import { DISCARD_REASONS, LOSS_REASONS, type ZmqConfig } from "../../engine/index.ts";
import type { CaseEvent, Step } from "../format.ts";
import { ZeromqReplay } from "./zeromq-replay.ts";

/**
 * ZeroMQ on the bench: the steps of the recordings as words, `socket p PUSH SNDHWM=2; connect p tcp://x; send p A|m1; recv q`. Frames stand between `|`, `\1` and `\0`
 * are bytes. The account is checked after every step.
 */
export class ZeromqBench {
  readonly replay: ZeromqReplay;
  /** What became of messages that nobody received: `lost m1 link`, `discarded m2 maxlen`. */
  readonly fates: string[] = [];

  /** @param config what a case does not have, for our own tests */
  constructor(config: ZmqConfig = {}) {
    this.replay = new ZeromqReplay(config);
    const { context } = this.replay;
    const { lost, discarded } = context;
    context.lost = (socket, copy, reason) => {
      this.fates.push(`lost ${context.model.text(copy)} ${LOSS_REASONS[reason]}`);
      lost.call(context, socket, copy, reason);
    };
    context.discarded = (socket, copy, reason) => {
      this.fates.push(`discarded ${context.model.text(copy)} ${DISCARD_REASONS[reason]}`);
      discarded.call(context, socket, copy, reason);
    };
  }

  /** @returns what was seen: `p+` sent, `q:A|m1` received, `p!EAGAIN` refused */
  play(script: string): string {
    return script
      .split(";")
      .flatMap((words) => this.replay.perform(stepOf(words.replace(/^\s/, ""))))
      .map(shown)
      .join(" ");
  }

  /** What is left to be received at the end, as `q:m1 q:m2`. */
  left(): string {
    const final = Object.entries(this.replay.finish()) as [string, string[][]][];
    return final
      .flatMap(([socket, messages]) => messages.map((frames) => shown({ event: "received", socket, frames })))
      .join(" ");
  }
}

/** @returns what is seen of a script, from new sockets on */
export const play = (script: string): string => new ZeromqBench().play(script);

const bytes = (frame: string): string => frame.replaceAll("\\0", "\u0000").replaceAll("\\1", "\u0001");
const words = (frame: string): string => frame.replaceAll("\u0000", "\\0").replaceAll("\u0001", "\\1");

function shown({ event, socket, code, frames }: CaseEvent): string {
  if (event === "error") return `${socket}!${code}`;
  return event === "sent" ? `${socket}+` : `${socket}:${(frames as string[]).map(words).join("|")}`;
}

const value = (text: string): number | string => (/^-?\d+$/.test(text) ? Number(text) : text);

function stepOf(line: string): Step {
  const [op = "", socket = "", third = "", ...rest] = line.split(" ");
  switch (op) {
    case "socket": {
      const options = rest.map((option) => option.split("=")).map(([name, text = ""]) => [name, value(text)]);
      return { op, socket, type: third, options: Object.fromEntries(options) };
    }
    case "option":
      return { op, socket, name: third, value: value(rest[0] ?? "") };
    case "subscribe":
    case "unsubscribe":
      return { op, socket, prefix: third };
    case "send":
      return { op, socket, frames: third.split("|").map(bytes) };
    case "forward":
      return { op, socket, to: third };
    case "wait":
      return { op, ms: Number(socket) };
    case "recv":
    case "close":
      return { op, socket };
    default:
      return { op, socket, endpoint: third };
  }
}
