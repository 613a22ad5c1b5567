import { NAME_LENGTH_MAX } from "./fields.ts";
import type { Scenario } from "./types.ts";

/** First letter of new ids by kind; ids are never shown. */
const ID_LETTER: { readonly [kind: string]: string } = {
  producer: "p",
  consumer: "c",
  service: "s",
  exchange: "x",
  queue: "q",
  broker: "b",
  list: "l",
  stream: "t",
  channel: "h",
  redis: "r",
  socket: "k",
  proxy: "y",
  topic: "o",
  group: "g",
  cluster: "a",
  rmqTopic: "m",
  rmqGroup: "u",
  brokerSet: "w",
  note: "n",
  frame: "f",
};

export const idLetter = (kind: string): string => (Object.hasOwn(ID_LETTER, kind) ? (ID_LETTER[kind] as string) : "n");

/** Hands out ids that a document does not use yet: `q1`, `q2`, … (edges `e1`, …). One for a whole edit, so that two new nodes differ. */
export class FreshNames {
  private readonly ids: Set<string>;
  private readonly names: Set<string>;

  constructor(scenario: Scenario) {
    this.ids = new Set([...scenario.nodes.map((node) => node.id), ...scenario.edges.map((edge) => edge.id)]);
    this.names = new Set(scenario.nodes.map((node) => node.name));
  }

  /** @param letter `e` for edges, `idLetter(kind)` for nodes */
  id(letter: string): string {
    let number = 1;
    while (this.ids.has(`${letter}${number}`)) number++;
    const id = `${letter}${number}`;
    this.ids.add(id);
    return id;
  }

  /** `queue` → `queue-1`, `queue-2`, … */
  numbered(stem: string): string {
    let number = 1;
    while (this.names.has(`${stem}-${number}`)) number++;
    return this.take(`${stem}-${number}`);
  }

  /** The name itself when it is free, else with `-2`, `-3`, … */
  like(name: string): string {
    if (!this.names.has(name)) return this.take(name);
    for (let number = 2; ; number++) {
      const tail = `-${number}`;
      const candidate = name.slice(0, NAME_LENGTH_MAX - tail.length) + tail;
      if (!this.names.has(candidate)) return this.take(candidate);
    }
  }

  private take(name: string): string {
    this.names.add(name);
    return name;
  }
}
