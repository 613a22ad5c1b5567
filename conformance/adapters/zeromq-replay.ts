import { ZMQ_CODES, ZMQ_SOCKET_TYPES, type ZmqConfig, type ZmqSocketType } from "../../engine/index.ts";
import type { Replay } from "../adapter.ts";
import { CaseError, type CaseEvent, type Final, type Step, StepReader } from "../format.ts";
import { RecordedContext } from "./zeromq-context.ts";

const MS = 1000;

/** A case on ZeroMQ: sockets of one context, by the case's names. */
export class ZeromqReplay implements Replay {
  readonly context: RecordedContext;
  private readonly sockets = new Map<string, number>();
  private readonly run: Record<string, (step: StepReader) => CaseEvent[]>;

  /** @param config what a case does not have, for our own tests */
  constructor(config: ZmqConfig = {}) {
    this.context = new RecordedContext(config);
    this.run = this.operations();
  }

  perform(step: Step): CaseEvent[] {
    const operation = Object.hasOwn(this.run, step.op) ? this.run[step.op] : undefined;
    if (operation === undefined) throw new CaseError(`there is no operation ${step.op}`);
    const events = operation(new StepReader(step));
    this.context.check();
    return events;
  }

  /** Receives what is left, socket by socket. */
  finish(): Final {
    const { context } = this;
    const final: Record<string, unknown> = {};
    for (const [name, socket] of this.sockets) {
      const left: string[][] = [];
      while (context.recv(socket) === 0) left.push(context.frames);
      if (left.length > 0) final[name] = left;
    }
    context.check();
    return final;
  }

  private operations(): Record<string, (step: StepReader) => CaseEvent[]> {
    const { context } = this;
    const { model } = context;
    const told =
      (call: (socket: number, text: string) => number, field: string) =>
      (step: StepReader): CaseEvent[] => {
        const name = step.text("socket");
        return failure(name, call(this.socket(name), step.text(field)));
      };
    return {
      socket: (step) => this.open(step),
      option: (step) => {
        const name = step.text("socket");
        return failure(name, model.setOption(this.socket(name), step.text("name"), step.step.value));
      },
      bind: told((socket, endpoint) => model.bind(socket, endpoint, context.meta, context), "endpoint"),
      connect: told((socket, endpoint) => model.connect(socket, endpoint, context.meta, context), "endpoint"),
      unbind: told((socket, endpoint) => model.unbind(socket, endpoint, context.meta, context), "endpoint"),
      disconnect: told((socket, endpoint) => model.disconnect(socket, endpoint, context.meta, context), "endpoint"),
      subscribe: told((socket, prefix) => model.subscribe(socket, prefix, context.meta, context), "prefix"),
      unsubscribe: told((socket, prefix) => model.unsubscribe(socket, prefix, context.meta, context), "prefix"),
      send: (step) => this.send(step.text("socket"), frames(step)),
      recv: (step) => this.recv(step.text("socket")),
      forward: (step) => {
        const events = this.recv(step.text("socket"));
        return events[0]?.event === "received" ? [...events, ...this.send(step.text("to"), context.frames)] : events;
      },
      close: (step) => {
        const name = step.text("socket");
        model.close(this.socket(name), context.meta, context);
        this.sockets.delete(name);
        return [];
      },
      wait: (step) => {
        context.passTime(step.number("ms") * MS);
        return [];
      },
    };
  }

  private socket(name: string): number {
    const id = this.sockets.get(name);
    if (id === undefined) throw new CaseError(`there is no socket ${name}`);
    return id;
  }

  private open(step: StepReader): CaseEvent[] {
    const name = step.text("socket");
    const type = step.text("type");
    if (!(ZMQ_SOCKET_TYPES as readonly string[]).includes(type))
      throw new CaseError(`socket: there is no type ${type}`);
    const { model } = this.context;
    const id = model.open(type as ZmqSocketType);
    this.sockets.set(name, id);
    return Object.entries(step.table("options")).flatMap(([option, value]) =>
      failure(name, model.setOption(id, option, value)),
    );
  }

  private send(socket: string, frames: readonly string[]): CaseEvent[] {
    const code = this.context.send(this.socket(socket), frames);
    return code === 0 ? [{ event: "sent", socket }] : failure(socket, code);
  }

  private recv(socket: string): CaseEvent[] {
    const { context } = this;
    const code = context.recv(this.socket(socket));
    return code === 0 ? [{ event: "received", socket, frames: context.frames }] : failure(socket, code);
  }
}

const failure = (socket: string, code: number): CaseEvent[] =>
  code === 0 ? [] : [{ event: "error", socket, code: ZMQ_CODES[code] as string }];

function frames(step: StepReader): string[] {
  const list = step.step.frames;
  if (!Array.isArray(list) || list.length === 0 || !list.every((frame) => typeof frame === "string")) {
    throw new CaseError("send: frames must be a list of texts");
  }
  return list as string[];
}
