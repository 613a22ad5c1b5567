import { describe, expect, it } from "vitest";
import { LESSONS } from "../../../../scenarios/lessons.ts";
import { TERM_OF_FIELD, TERMS } from "./terms.ts";

/** Sentences end with a full stop, in Chinese with a full-width one. */
const sentences = (text: string, end: RegExp): number => text.match(end)?.length ?? 0;

/** The words of the glossary, English first as they stand there. */
const WORDS = `message|message queue|producer / publisher|consumer|broker|exchange|binding / routing key|queue depth|ready / unacked|acknowledge / reject
requeue / redelivered|publisher confirm|prefetch|dead-letter queue / exchange|time to live|priority|durable / persistent|overflow policy|decoupling / async
peak shaving|load balancing|backpressure / flow control|publish/subscribe|work queue / competing consumers|first in, first out|idempotent / duplicate
at most / at least / exactly once|topic / partition|offset|consumer group|lag / backlog|rebalance|replica / in-sync replicas|leader / failover
retention / replay|tag filter|delayed message|transactional / half message|ordered (FIFO) message|clustering / broadcasting|consumer retry|high-water mark
stream / pending list|slow joiner|network partition|throughput|end-to-end delay|transfer / wait / processing time|utilisation|service time|percentile p95
seed / virtual clock|step / speed|alert (pending, firing)|fault injection|permission denied|scale out / up|lost / discarded|scenario / lesson / check|prediction`;

describe("term cards", () => {
  it("explain every word of the glossary", () => {
    const known = Object.values(TERMS).map(({ name }) => name.en);
    expect(WORDS.split(/[|\n]/).filter((word) => !known.includes(word))).toEqual([]);
  });

  it.each(Object.entries(TERMS))("%s: two sentences in each language", (_, { name, card }) => {
    expect(sentences(card.en, /[.?](?= |$)/g)).toBe(2);
    expect(sentences(card.zh, /[。？]/g)).toBe(2);
    expect(name.zh).toMatch(/[一-鿿]/);
  });

  it("stand behind every link of a lesson and every setting that names one", async () => {
    const linked = new Set<string>(Object.values(TERM_OF_FIELD));
    for (const load of Object.values(LESSONS))
      for (const [, id] of JSON.stringify((await load()).LESSON).matchAll(/\]\(term:([\w-]+)\)/g))
        linked.add(id as string);
    expect([...linked].filter((id) => TERMS[id] === undefined)).toEqual([]);
  });
});
