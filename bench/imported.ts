import { importDefinitions, readDefinitions, type Scenario } from "../engine/index.ts";

const VHOST = "/";
/** Areas of a made-up company: each has its exchanges, its queues, its retries and its dead letters. */
const COMMON = "orders billing shipping stock search mail loyalty fraud returns".split(" ");
/** These are published to by themselves, not through the exchange of all events. */
const OWN = "pricing reviews media users partners audit tax sensors".split(" ");

/**
 * A definitions file as a broker of middle size exports it. Per area: a topic exchange, six work queues that dead-letter through the area's own exchange, a waiting room
 * that gives back to the work after a while, and a queue for what is given up. With the clients that the import draws it makes exactly the 300 nodes a document may have.
 */
export function definitions(): string {
  const exchanges: object[] = [];
  const queues: object[] = [];
  const bindings: object[] = [];
  const exchange = (name: string, type: string) =>
    exchanges.push({
      name,
      vhost: VHOST,
      type,
      durable: true,
      auto_delete: false,
      internal: false,
      arguments: {},
    });
  const queue = (name: string, table: object) =>
    queues.push({ name, vhost: VHOST, durable: true, auto_delete: false, arguments: table });
  const bind = (source: string, destination: string, kind: "queue" | "exchange", key: string) =>
    bindings.push({
      source,
      vhost: VHOST,
      destination,
      destination_type: kind,
      routing_key: key,
      arguments: {},
    });
  exchange("events", "topic");
  for (const area of [...COMMON, ...OWN]) {
    exchange(area, "topic");
    exchange(`${area}.dead`, "direct");
    if (COMMON.includes(area)) bind("events", area, "exchange", `${area}.#`);
    for (const [i, word] of ["created", "updated", "closed", "*", "#", "failed.#"].entries()) {
      const name = `${area}.work-${i + 1}`;
      queue(name, {
        "x-dead-letter-exchange": `${area}.dead`,
        "x-dead-letter-routing-key": i % 2 === 0 ? "again" : "given-up",
        "x-message-ttl": 60_000,
        ...(i === 0 && { "x-queue-type": "quorum", "x-delivery-limit": 5 }),
      });
      bind(area, name, "queue", `${area}.${word}`);
    }
    queue(`${area}.retry`, {
      "x-message-ttl": 10_000,
      "x-dead-letter-exchange": area,
      "x-dead-letter-routing-key": `${area}.created`,
    });
    bind(`${area}.dead`, `${area}.retry`, "queue", "again");
    queue(`${area}.given-up`, { "x-max-length": 10_000 });
    bind(`${area}.dead`, `${area}.given-up`, "queue", "given-up");
  }
  return JSON.stringify({
    rabbit_version: "4.0.5",
    vhosts: [{ name: VHOST }],
    users: [],
    permissions: [],
    parameters: [],
    policies: [],
    exchanges,
    queues,
    bindings,
  });
}

/** The file imported as a person would import it, with the producers and consumers that the import draws. */
export function imported(): Scenario {
  const read = readDefinitions(definitions());
  if (!read.ok) throw new Error(`The definitions cannot be read: ${JSON.stringify(read.issues)}`);
  const { scenario, notices } = importDefinitions(read.file, { title: "bench" });
  const errors = notices.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(`The import does not run: ${JSON.stringify(errors)}`);
  return scenario;
}
