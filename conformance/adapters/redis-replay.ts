import { messagesOf, type RedisConfig, type ServerConfig, settingOf } from "../../engine/index.ts";
import type { Replay } from "../adapter.ts";
import { CaseError, type CaseEvent, type Final, type Step, StepReader } from "../format.ts";
import { RecordedRedis } from "./redis-broker.ts";
import { finalOf } from "./redis-final.ts";

const MAIN = "main";
/** Unless a case says otherwise: no file, no save points (OPS.md). */
const BARE: Partial<ServerConfig> = { appendonly: false, save: [] };

/** A case on Redis: `main` runs from the start, clients connect with their first command. */
export class RedisReplay implements Replay {
  readonly redis: RecordedRedis;
  /** Ids of open connections by the case's names. */
  private readonly clients = new Map<string, number>();
  private readonly run: Record<string, (step: StepReader) => void>;
  private hasBegun = false;

  /** @param config what a case does not have, for our own tests */
  constructor(config: RedisConfig = {}) {
    this.redis = new RecordedRedis(config);
    this.run = this.operations();
  }

  perform(step: Step): CaseEvent[] {
    const operation = Object.hasOwn(this.run, step.op) ? this.run[step.op] : undefined;
    if (operation === undefined) throw new CaseError(`there is no operation ${step.op}`);
    if (!this.hasBegun && step.op !== "server") this.begin({});
    operation(new StepReader(step));
    return this.redis.takeEvents();
  }

  finish(): Final {
    if (!this.hasBegun) this.begin({});
    return finalOf(this.redis);
  }

  /** Starts `main`. */
  private begin(config: Partial<ServerConfig>): void {
    this.hasBegun = true;
    this.add(MAIN, config);
  }

  private add(name: string, config: Partial<ServerConfig>): number {
    const { redis } = this;
    return redis.model.addServer(name, { ...BARE, ...config }, redis.meta, redis);
  }

  private operations(): Record<string, (step: StepReader) => void> {
    const { redis } = this;
    const { model } = redis;
    return {
      command: (step) => this.command(step),
      wait: (step) => redis.passTime(step.number("ms") * 1000),
      connect: (step) => this.connect(step.text("client"), step.text("server")),
      disconnect: (step) => this.disconnect(step.text("client")),
      server: (step) => {
        if (this.hasBegun) throw new CaseError("server: only the first step can start main with settings");
        this.begin(settings(step));
      },
      stop: (step) => {
        const how = step.text("how");
        if (how !== "shutdown" && how !== "kill") throw new CaseError(`stop: there is no way ${how}`);
        model.stopServer(this.server(step.text("server")), how, redis.meta, redis);
      },
      start: (step) => model.startServer(this.server(step.text("server")), settings(step), redis.meta, redis),
      replica: (step) => {
        const primary = this.server(step.text("of"));
        model.follow(this.add(step.text("server"), {}), primary, redis.meta, redis);
      },
      replicaof: (step) => {
        const server = this.server(step.text("server"));
        if (step.step.of === null) model.promote(server, redis.meta, redis);
        else model.follow(server, this.server(step.text("of")), redis.meta, redis);
      },
      partition: (step) => model.cutLink(this.server(step.text("server")), redis.meta, redis),
      heal: (step) => model.healLink(this.server(step.text("server")), redis.meta, redis),
    };
  }

  private server(name: string): number {
    const id = this.redis.model.serverId(name);
    if (id < 0) throw new CaseError(`there is no server ${name}`);
    return id;
  }

  private connect(name: string, server: string): number {
    const { redis } = this;
    this.disconnect(name);
    const id = redis.model.openClient(this.server(server), redis.meta, redis);
    if (id < 0) throw new CaseError(`${name}: the server ${server} is down`);
    this.clients.set(name, id);
    redis.names.set(id, name);
    return id;
  }

  private disconnect(name: string): void {
    const { redis } = this;
    const id = this.clients.get(name);
    if (id === undefined) return;
    this.clients.delete(name);
    redis.names.delete(id);
    if (redis.model.isOpen(id)) redis.model.closeClient(id, redis.meta, redis);
  }

  /** The client's connection, a new one to `main` when it has none or that was closed. */
  private client(name: string): number {
    const id = this.clients.get(name);
    return id !== undefined && this.redis.model.isOpen(id) ? id : this.connect(name, MAIN);
  }

  private command(step: StepReader): void {
    const { redis } = this;
    const words = step.step.cmd;
    if (!Array.isArray(words) || words.length === 0 || !words.every((word) => typeof word === "string")) {
      throw new CaseError("command: cmd must be a list of texts");
    }
    const args = (words as string[]).map((word) => this.actual(word));
    const id = this.client(step.text("client"));
    if (redis.model.isBlocked(id)) throw new CaseError(`${step.text("client")} is blocked and cannot send commands`);
    redis.asked.set(id, { args, as: step.optionalText("as") });
    const copies = messagesOf(args).map((index) => redis.make(args[index] as string));
    redis.model.command(id, args, copies, redis.meta, redis);
  }

  /** `@name` stands for an id made by the server, also after a bracket. */
  private actual(word: string): string {
    const match = /^(\(?)(@.+)$/.exec(word);
    if (match === null) return word;
    for (const [id, name] of this.redis.aliases) if (name === match[2]) return `${match[1]}${id}`;
    return word;
  }
}

/** Settings as texts. @throws CaseError for one that the model does not have */
function settings(step: StepReader): Partial<ServerConfig> {
  let config: Partial<ServerConfig> = {};
  for (const [name, value] of Object.entries(step.table("config"))) {
    try {
      config = { ...config, ...settingOf(name, String(value)) };
    } catch {
      throw new CaseError(`${step.step.op}: ${name} cannot be ${JSON.stringify(value)}`);
    }
  }
  return config;
}
