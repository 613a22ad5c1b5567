import { zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import { compact } from "../../engine/scenario/compact.ts";
import { helloQueue, type Scenario } from "../../engine/scenario/index.ts";
import { CATALOGUE, idOf } from "../../scenarios/index.ts";
import { lessonOf, sceneOf } from "../../scenarios/lesson.ts";
import { LESSONS } from "../../scenarios/lessons.ts";
import en from "../text/en/share.ts";
import zh from "../text/zh/share.ts";
import { decodeLink, encodeLink, INFLATED_BYTES_MAX, LINK_FAULTS, LINK_LENGTH_MAX } from "./link.ts";
import { LINK_PREFIX } from "./link-form.ts";
import { inOneLanguage } from "./one-language.ts";

const code = (link: string) => {
  const decoded = decodeLink(link);
  return decoded.ok ? "ok" : decoded.code;
};

/** A link around bytes of one's own, with a true head. */
function wrapped(text: string, claimed?: number): string {
  const packed = zlibSync(new TextEncoder().encode(text), { level: 9 });
  const length = claimed ?? packed.length;
  const bytes = Uint8Array.of(length >> 16, length >> 8, length, ...packed);
  return (
    LINK_PREFIX +
    btoa(String.fromCharCode(...bytes))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "")
  );
}

const nodes = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `q${i}`, kind: "queue", name: `queue-${i}`, x: 0, y: 0 }));

/** A link to any document, sound or not. */
const linkTo = (document: object): string =>
  encodeLink({ ...helloQueue(), nodes: [], edges: [], ...document } as Scenario);

/** Producer, exchange, `queues` queues and a consumer each, as somebody would draw them. */
function drawn(queues: number): Scenario {
  const scenario: Scenario = { ...helloQueue(), meta: { title: "Orders and mails" }, nodes: [], edges: [] };
  scenario.nodes.push({
    id: "p1",
    kind: "producer",
    name: "web shop",
    x: 2,
    y: 20,
    settings: { rate: 12, arrival: "exponential", routingKey: "order.{new|paid}", key: { k: "roundRobin", n: 2 } },
  });
  scenario.nodes.push({ id: "x1", kind: "exchange", name: "orders", x: 18, y: 19, settings: { type: "topic" } });
  scenario.edges.push({ id: "e1", kind: "publish", from: "p1", to: "x1", settings: { latency: 5 } });
  for (let i = 0; i < queues; i++) {
    const at = { y: 4 + 7 * i };
    scenario.nodes.push({
      id: `q${i + 1}`,
      kind: "queue",
      name: ["stock", "mail", "billing", "audit", "search", "returns"][i] ?? `queue-${i}`,
      x: 34,
      ...at,
      settings: { maxLength: 100 * (i + 1) },
    });
    scenario.nodes.push({
      id: `c${i + 1}`,
      kind: "consumer",
      name: `consumer-${i + 1}`,
      x: 53,
      ...at,
      settings: { service: { d: "exponential", mean: 50 + 7 * i }, prefetch: i + 1 },
    });
    scenario.edges.push({
      id: `e${2 * i + 2}`,
      kind: "binding",
      from: "x1",
      to: `q${i + 1}`,
      settings: { key: i % 2 ? "order.*" : "order.new" },
    });
    scenario.edges.push({
      id: `e${2 * i + 3}`,
      kind: "consume",
      from: `q${i + 1}`,
      to: `c${i + 1}`,
      settings: { latency: 0 },
    });
  }
  return scenario;
}

const lesson = {
  v: 1,
  id: "peak-shaving",
  title: { en: "Peak shaving" },
  steps: [
    {
      type: "text",
      body: {
        en: "A shop takes orders all day, and ten times as many at noon. The queue in the middle holds what the workers cannot take yet.",
      },
    },
    {
      type: "predict",
      ask: { en: "How deep will the queue get?" },
      kind: "choice",
      options: ["50", "500", "1500"],
      answerFrom: { metric: "q1.ready", agg: "max" },
    },
    { type: "run", until: { t: 60000 }, speed: 5 },
    {
      type: "observe",
      reveal: ["chart:q1.depth"],
      body: {
        en: "The queue turned the peak into a delay. Nothing was lost, and the workers never had more to do than they can.",
      },
    },
    {
      type: "do",
      goal: { en: "Let the queue be empty again after 90 seconds." },
      check: [{ metric: "q1.ready", agg: "last", op: "=", value: 0, at: 90000 }],
    },
  ],
};

const GOLDEN_LESSON = {
  v: 1,
  id: "golden",
  title: { en: "Golden", zh: "黄金" },
  level: "intro",
  minutes: 1,
  lock: { default: "locked", allow: ["c1.prefetch"] },
  expose: ["p1.rate"],
  steps: [
    {
      type: "predict",
      ask: { en: "How deep?", zh: "多长？" },
      kind: "number",
      answerFrom: { metric: "q1.ready", agg: "max", at: 10000 },
    },
    { type: "run", until: { t: 10000 } },
  ],
};

/** Links that were given to people stay readable for ever: never change these, add the newer form below. */
const GOLDEN: [string, Scenario][] = [
  [
    "#s1=AACYeNotjjEKAkEMRa8iqb8wGWZF9gTeIUwhOLDCqghu4zC9hb122ngL9zZuYeUVTFZJk__z8vnCYGRKW6ppkdp2h8m-S10i0LFR79Xfh0f_eZ7f19twulCBiEMAO9jozjFCArw3jxrLIHUYQaP_lB6Dc_D6Fw2XuboMmVWoTCvH8KN2BmTapMOS6kzrlZYYQ6e_XqXEL0W8NrM",
    helloQueue(),
  ],
  [
    "#s1=AADgeNpNkM1qwzAQhF_F7LEMRStLbZKXKPQqdHBiQ0VSydguKaR59-4qP_i4O_PN_gQGgz6mfpjmpst9892l00wIwcDCGtB52DfzVxkJBtJkq8DwO5Y85CV1J4IDFQ14veTh_Dd2qb8SPC50pB1N5Sf3n2WfMoEy7ew1RoQWvAFv76DMk-zWg5YypgOpw6F1mjwv5XCsuvNgY1Rj-FY0o11ra20irAM_SZYl9ZQHaVekaGv0vaI2qh42IjDCm4fXeiuFuGSz24VyYN2O9Ttt9dVc9bmV7-XhcvKIuyvGfy5iYf8",
    drawn(2),
  ],
  // Before lessons had a form of their own, and since.
  [
    "#s1=AAFseNo9UbtOw0AQ_JVo6yXyRQlCaeiAfzilMPYmseJX7HMeROmQoKChQCCaUMBXkIifIUWq_AKzToLd3M3Mzs7uWcOGFyQpdelG4jjjxriSSojpbgjsd_Ox_drs10-7t9X28ZWWbK3HbTYe64-z6fXYtrnVUoyG6kFADLdhfVSBbHset1DXU7m9AGrYnne4o3foDLfqu6eCBcVSlhlCLWhCXcMUhQgzyOIQSZlc5GJRss59fYLrxLvv-93DM4LCYyIxkCh1RQY6idLKSVn7xVkwUoNQ-n4VO6gUkRAyHxNMqWspMM28kL64YEg9-Mksz0q0tZSbZuE7wZxUOslhaRfk5jlIQkkYBU6NyrrFYbfZtBGK5JenmNvP993Lz3690qSjKNX50iq5lUIr03IqxVWRJWqQiCuiAPwYbcUP56oYDAAk_kzPiG88fMslNneMUVS6kSp1EVYA9F-ik8DRV7Teav1kZ4dXB_0HnCiqkg",
    { ...helloQueue(), lesson: GOLDEN_LESSON },
  ],
  [
    "#s2=AADiePlbOzfmizbUMYQlD49UYCDpQAt_qIYnexc8Xbr3_Z4eaFldqxMNLMVMdAwNdEAQyDaMjdWJNtExMgKJKWWAzACGEtBcE6DRUFVASRNgtWgE1BcLUh5tARQ11Ik2M9UxBfGB6gx1jMB8A5ACHGGUDqz7gC5F95w7TBjs4pe7W162TwR5FBaewOxQBMrY8AAFmkdOUkEkQaQ0hxH-iNINOU-Aas2U1NQCe5gzgVXYy6n73--ZT0I9Uwi0NjURGHvI5RekrDEkXINAlYB8AjQRWHhXQ0IVHGW6kFgHSgMAnCiqkg",
    { ...helloQueue(), lesson: GOLDEN_LESSON },
  ],
];

describe("links of the past", () => {
  it.each(GOLDEN)("%s", (link, scenario) => {
    expect(decodeLink(link)).toEqual({ ok: true, scenario, issues: [] });
  });
});

describe("the length of a link", () => {
  it("stays within what chats take: 1,000 characters for 6 nodes, 2,000 for 14 with a lesson of five steps", () => {
    expect(encodeLink(drawn(2)).length).toBeLessThan(1000);
    expect(encodeLink({ ...drawn(6), lesson }).length).toBeLessThan(2000);
  });

  it("of every drawing of the catalogue with up to six nodes is within 1,000 characters, in either language", () => {
    for (const entry of CATALOGUE.filter(({ scenario }) => scenario.nodes.length <= 6))
      for (const language of ["en", "zh"] as const) {
        const link = encodeLink(inOneLanguage(sceneOf(entry), language));
        expect(link.length, `${idOf(entry)} ${language}`).toBeLessThanOrEqual(1000);
      }
  });

  it("of fifteen nodes with five steps of their own lesson is within 2,000 characters, in either language", async () => {
    const entry = CATALOGUE.find((one) => idOf(one) === "pub-sub") as (typeof CATALOGUE)[number];
    const { LESSON } = await (LESSONS["pub-sub"] as (typeof LESSONS)[string])();
    const whole = lessonOf(entry, LESSON);
    const scenario = { ...sceneOf(entry), lesson: { ...whole, steps: whole.steps.slice(0, 5) } };
    expect(scenario.nodes).toHaveLength(15);
    for (const language of ["en", "zh"] as const) {
      const one = inOneLanguage(scenario, language);
      expect(encodeLink(one).length, language).toBeLessThanOrEqual(2000);
      expect(decodeLink(encodeLink(one))).toMatchObject({ ok: true, scenario: one });
    }
  });
});

describe("a document from a stranger", () => {
  it("is refused when it is larger than the page can bear, and the sentence names the limit", () => {
    expect(decodeLink(linkTo({ nodes: nodes(301) }))).toMatchObject({
      code: "tooManyNodes",
      facts: { max: 300, got: 301 },
    });
    const edges = Array.from({ length: 601 }, (_, i) => ({
      id: `e${i}`,
      kind: "deadLetter",
      from: `q${i % 300}`,
      to: "q1",
    }));
    expect(decodeLink(linkTo({ nodes: nodes(300), edges }))).toMatchObject({
      code: "tooManyEdges",
      facts: { max: 600, got: 601 },
    });
    expect(decodeLink(linkTo({ meta: { title: "x".repeat(2001) } }))).toMatchObject({
      code: "textTooLong",
      facts: { max: 2000, got: 2001 },
    });
    expect(code(linkTo({ nodes: nodes(300) }))).toBe("ok");
  });

  it("has numbers out of range brought back, each named; unknown kinds stay as they are", () => {
    const decoded = decodeLink(
      linkTo({
        nodes: [
          { id: "p1", kind: "producer", name: "p", x: 0, y: 0, settings: { rate: 1e9 } },
          { id: "n1", kind: "teleporter", name: "t", x: 9, y: 0, settings: { power: -5 } },
        ],
      }),
    );
    if (!decoded.ok) throw new Error(decoded.code);
    expect(decoded.scenario.nodes.map((node) => node.settings)).toEqual([{ rate: 10_000 }, { power: -5 }]);
    expect(decoded.issues.map(({ path, code }) => `${path} ${code}`)).toEqual([
      "nodes.p.rate clamped",
      "nodes.t.kind unknown-kind",
    ]);
  });

  it("of a newer version opens only when asked to, and lists what this one does not know", () => {
    const newer = linkTo({ v: 2, nodes: nodes(1), physics: "quantum" });
    expect(decodeLink(newer)).toMatchObject({ ok: false, code: "tooNew", facts: { version: 2 }, isReadable: true });
    const decoded = decodeLink(newer, { acceptNewer: true });
    if (!decoded.ok) throw new Error(decoded.code);
    expect(decoded.issues.map((issue) => issue.code)).toContain("unknown-property");
  });

  it("cannot reach into the page with names that objects have of their own", () => {
    const text = JSON.stringify(compact(helloQueue())).replace('"hello"', '"__proto__"');
    const decoded = decodeLink(wrapped(text.replace('"meta":{', '"__proto__":{"polluted":true},"meta":{')));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(decoded.ok && decoded.scenario.nodes[1]?.name).toBe("__proto__");
  });
});

describe("every fault of a link", () => {
  it("has its own sentence in both languages", () => {
    for (const table of [en.link, zh.link]) {
      expect(Object.keys(table).sort()).toEqual([...LINK_FAULTS].sort());
      expect(new Set(Object.values(table)).size).toBe(LINK_FAULTS.length);
    }
  });
});

describe("a share link", () => {
  it("brings the same document back, Chinese names included", () => {
    const scenario: Scenario = helloQueue();
    const named = { ...scenario, nodes: scenario.nodes.map((n, i) => ({ ...n, name: `队列-${i}` })) };
    const decoded = decodeLink(encodeLink(named));
    expect(decoded).toMatchObject({ ok: true, issues: [] });
    expect(decoded.ok && decoded.scenario).toEqual(named);
  });

  it("opens from a whole address and with blanks around it", () => {
    expect(code(` https://example.org/weir/?lang=zh${encodeLink(helloQueue())} `)).toBe("ok");
  });

  it("says of every cut that it is incomplete, and how much is there", () => {
    const link = encodeLink(helloQueue());
    for (let length = LINK_PREFIX.length + 4; length < link.length; length++) {
      expect(decodeLink(link.slice(0, length))).toMatchObject({
        code: "incomplete",
        facts: { got: length, wanted: link.length },
      });
    }
  });

  it("notices every changed character", () => {
    const link = encodeLink(helloQueue());
    for (let at = LINK_PREFIX.length + 4; at < link.length - 1; at++) {
      const other = link[at] === "A" ? "B" : "A";
      expect(code(link.slice(0, at) + other + link.slice(at + 1))).not.toBe("ok");
    }
  });

  it("has a different answer for each kind of bad link", () => {
    expect(code("#somewhere")).toBe("none");
    expect(code("#s9=AAAA")).toBe("tooNew");
    expect(code(LINK_PREFIX + "A".repeat(LINK_LENGTH_MAX))).toBe("tooLong");
    expect(code(`${LINK_PREFIX}!!!!`)).toBe("corrupt");
    expect(code(wrapped("not json"))).toBe("corrupt");
    expect(code(wrapped("[]"))).not.toBe("ok");
  });

  it("stops a bomb before it unpacks", () => {
    const bomb = wrapped(" ".repeat(INFLATED_BYTES_MAX * 10));
    expect(bomb.length).toBeLessThan(LINK_LENGTH_MAX);
    expect(code(bomb)).toBe("tooBig");
  });

  it("never throws, whatever it is given", () => {
    let state = 7;
    const random = (n: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state % n;
    };
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=#% {}";
    for (let i = 0; i < 3000; i++) {
      const text = Array.from({ length: random(200) }, () => alphabet[random(alphabet.length)]).join("");
      expect(typeof decodeLink(LINK_PREFIX + text).ok).toBe("boolean");
    }
  });
});
