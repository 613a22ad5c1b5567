import { Draw } from "../property/draw.ts";

/** A step of a recorded case: a client's command, time, or a connection that goes. */
export interface RedisStep {
  readonly op: "command" | "wait" | "disconnect";
  readonly client?: string;
  readonly cmd?: readonly string[];
  readonly ms?: number;
}

const LISTS = ["a", "b", "c"];
const STREAMS = ["s", "t"];
const CLIENTS = ["c1", "c2", "c3"];
const SUBSCRIBER = "c4";
const ENDS = ["LEFT", "RIGHT"];
const CONSUMERS = ["alice", "bob", "carol"];
const GROUPS = ["g", "g", "h"];

const LENGTH = 45;

/** Random commands as workers, a producer, a supervisor and a subscriber (`c4`) would send them. The same seed gives the same script. */
export function generate(seed: number): RedisStep[] {
  const generator = new Generator(seed);
  return Array.from({ length: LENGTH }, () => generator.step());
}

class Generator {
  private readonly draw: Draw;
  private messages = 0;
  /** Last id given to each stream. */
  private readonly ids: Record<string, number> = { s: 0, t: 0 };

  constructor(seed: number) {
    this.draw = new Draw(seed, "redis");
  }

  step(): RedisStep {
    const { draw } = this;
    const turn = draw.below(100);
    if (turn < 3) return { op: "disconnect", client: draw.pick(CLIENTS) };
    if (turn < 12) return { op: "wait", ms: draw.pick([50, 150, 350]) };
    if (turn < 16) return { op: "command", client: SUBSCRIBER, cmd: this.subscription() };
    return { op: "command", client: draw.pick(CLIENTS), cmd: this.command() };
  }

  private subscription(): string[] {
    return this.draw.pick([["SUBSCRIBE", "news.a"], ["PSUBSCRIBE", "news.*"], ["UNSUBSCRIBE"], ["PUNSUBSCRIBE"]]);
  }

  private command(): string[] {
    const { draw } = this;
    switch (draw.below(10)) {
      case 0:
      case 1:
        return this.push();
      case 2:
        return this.pop();
      case 3:
        return this.blocking();
      case 4:
        return this.keyed();
      case 5:
        return this.add();
      case 6:
      case 7:
        return this.grouped();
      case 8:
        return this.sorted();
      default:
        return this.other();
    }
  }

  private message(): string {
    this.messages++;
    return `m${this.messages}`;
  }

  /** One that may exist. */
  private known(): string {
    return `m${1 + this.draw.below(Math.max(1, this.messages))}`;
  }

  private list(): string {
    return this.draw.below(30) === 0 ? "s" : this.draw.pick(LISTS);
  }

  private push(): string[] {
    const { draw } = this;
    const values = Array.from({ length: 1 + draw.below(3) }, () => this.message());
    return [draw.pick(["LPUSH", "RPUSH", "RPUSH", "RPUSHX"]), this.list(), ...values];
  }

  private pop(): string[] {
    const { draw } = this;
    const list = this.list();
    switch (draw.below(6)) {
      case 0:
        return ["LPOP", list];
      case 1:
        return ["RPOP", list, String(draw.below(3))];
      case 2:
        return ["LREM", list, draw.pick(["0", "1", "-1"]), this.known()];
      case 3:
        return ["LTRIM", list, draw.pick(["0", "1", "-2"]), draw.pick(["-1", "1", "0"])];
      default:
        return ["LMOVE", list, this.list(), draw.pick(ENDS), draw.pick(ENDS)];
    }
  }

  private blocking(): string[] {
    const { draw } = this;
    const time = draw.pick(["0", "0", "0.1", "0.4"]);
    switch (draw.below(5)) {
      case 0:
        return ["BLPOP", this.list(), this.list(), time];
      case 1:
        return ["BRPOP", this.list(), time];
      case 2:
        return ["BLMOVE", this.list(), this.list(), draw.pick(ENDS), draw.pick(ENDS), time];
      case 3:
        return ["XREAD", "BLOCK", draw.pick(["0", "250"]), "STREAMS", draw.pick(STREAMS), "$"];
      default:
        return [
          ...["XREADGROUP", "GROUP", draw.pick(GROUPS), draw.pick(CONSUMERS), "COUNT", draw.pick(["1", "2"])],
          ...["BLOCK", draw.pick(["0", "250"]), "STREAMS", draw.pick(STREAMS), ">"],
        ];
    }
  }

  private keyed(): string[] {
    const { draw } = this;
    const key = draw.pick([...LISTS, ...STREAMS]);
    switch (draw.below(5)) {
      case 0:
        return ["DEL", key];
      case 1:
        return ["RENAME", this.list(), this.list()];
      case 2:
        return ["PEXPIRE", key, draw.pick(["120", "420", "0"])];
      case 3:
        return ["LRANGE", this.list(), "0", "-1"];
      default:
        return ["EXISTS", key];
    }
  }

  private add(): string[] {
    const { draw } = this;
    const stream = draw.pick(STREAMS);
    const trim = draw.below(4) === 0 ? ["MAXLEN", String(1 + draw.below(3))] : [];
    const next = (this.ids[stream] ?? 0) + 1;
    this.ids[stream] = next;
    return ["XADD", stream, ...trim, `${next}-0`, "id", this.message()];
  }

  private grouped(): string[] {
    const { draw } = this;
    const stream = draw.pick(STREAMS);
    const group = draw.pick(GROUPS);
    const consumer = draw.pick(CONSUMERS);
    const id = `${1 + draw.below(Math.max(1, this.ids[stream] ?? 1))}-0`;
    const idle = draw.pick(["0", "100"]);
    switch (draw.below(11)) {
      case 0:
      case 1:
        return ["XGROUP", "CREATE", stream, group, draw.pick(["0", "$"]), "MKSTREAM"];
      case 2:
      case 3:
        return ["XREADGROUP", "GROUP", group, consumer, "COUNT", "2", "STREAMS", stream, ">"];
      case 4:
        return ["XREADGROUP", "GROUP", group, consumer, "STREAMS", stream, "0"];
      case 5:
      case 6:
        return ["XACK", stream, group, id];
      case 7:
        return ["XCLAIM", stream, group, consumer, idle, id];
      case 8:
        return ["XAUTOCLAIM", stream, group, consumer, idle, "0", "COUNT", "2"];
      case 9:
        return ["XDEL", stream, id];
      default:
        return draw.pick([
          ["XPENDING", stream, group],
          ["XGROUP", "DELCONSUMER", stream, group, consumer],
          ["XGROUP", "DESTROY", stream, group],
        ]);
    }
  }

  private sorted(): string[] {
    const { draw } = this;
    switch (draw.below(5)) {
      case 0:
      case 1:
        return ["ZADD", "z", String(draw.below(4)), this.message()];
      case 2:
        return ["ZREM", "z", this.known()];
      case 3:
        return ["ZRANGEBYSCORE", "z", "-inf", String(draw.below(4))];
      default:
        return draw.pick([
          ["ZPOPMIN", "z"],
          ["BZPOPMIN", "z", "0.3"],
        ]);
    }
  }

  private other(): string[] {
    const { draw } = this;
    switch (draw.below(8)) {
      case 0:
        return ["MULTI"];
      case 1:
      case 2:
        return ["EXEC"];
      case 3:
        return ["DISCARD"];
      case 4:
        return ["WATCH", this.list()];
      default:
        return ["PUBLISH", draw.pick(["news.a", "news.b"]), this.message()];
    }
  }
}
