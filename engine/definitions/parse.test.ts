import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFINITIONS_LENGTH_MAX, readDefinitions } from "./parse.ts";

function refusal(text: string) {
  const read = readDefinitions(text);
  if (read.ok) throw new Error("It was read.");
  return read;
}

describe("a text that is no JSON is refused with line and column", () => {
  const cases: [string, string, string, { line: number; column: number; text?: string }][] = [
    ["trailing comma", '{\n  "queues": [],\n}', "trailing-comma", { line: 2, column: 15 }],
    ["line comment", '// by hand\n{"queues": []}', "comment", { line: 1, column: 1 }],
    ["block comment", '{"queues": [],\n /* none */ "vhosts": []}', "comment", { line: 2, column: 2 }],
    ["hash comment", '{"queues": [] # none\n}', "comment", { line: 1, column: 15 }],
    [
      "bare gap of a template",
      '{"vhosts": [],\n "queues": {{ queues }}}',
      "placeholder-unquoted",
      {
        line: 2,
        column: 12,
        text: "{{ queues }}",
      },
    ],
    ["bare variable", '{"queues": $' + "{QUEUES}}", "placeholder-unquoted", { line: 1, column: 12 }],
    ["missing comma", '{"vhosts": []\n"queues": []}', "missing-comma", { line: 1, column: 13 }],
    ["cut off", '{"queues": [{"name": "a"', "cut-off", { line: 1, column: 24 }],
    ["anything else", "hello", "no-json", { line: 1, column: 1 }],
  ];
  it.each(cases)("%s", (_, text, code, facts) => {
    expect(refusal(text)).toMatchObject({ code, facts });
  });
});

describe("JSON that is not definitions", () => {
  it.each([
    ["nothing", "", "empty-file"],
    ["blanks behind a byte order mark", "\ufeff \n", "empty-file"],
    ["a list", "[]", "no-definitions"],
    ["a number", "7", "no-definitions"],
    ["an object about something else", '{"name": "weir"}', "no-definitions"],
    ["a scenario", '{"v": 1, "nodes": [], "edges": []}', "a-scenario"],
  ])("%s", (_, text, code) => expect(refusal(text).code).toBe(code));

  it("is not even looked at when it is too long", () => {
    expect(refusal(" ".repeat(DEFINITIONS_LENGTH_MAX + 1))).toMatchObject({
      code: "too-large",
      facts: { max: DEFINITIONS_LENGTH_MAX },
    });
  });
});

describe("values of a wrong type", () => {
  it("are all named with their place; the first is the reason", () => {
    const read = refusal(
      JSON.stringify({
        queues: [{ name: "a", durable: "yes" }, 7, { name: 3, arguments: [1] }],
        exchanges: "none",
        bindings: [{ source: "a", destination: "b", destination_type: "topic" }],
        policies: [{ name: "p", pattern: "x", priority: 1.5 }],
      }),
    );
    expect(read.code).toBe("not-a-list");
    expect(read.facts.path).toBe("exchanges");
    expect(new Map(read.issues.map(({ path, code }) => [path, code]))).toEqual(
      new Map([
        ["exchanges", "not-a-list"],
        ["queues[0].durable", "not-a-boolean"],
        ["queues[1]", "not-an-object"],
        ["queues[2].name", "not-a-text"],
        ["queues[2].arguments", "not-an-object"],
        ["bindings[0].destination_type", "unknown-choice"],
        ["policies[0].priority", "not-an-integer"],
      ]),
    );
  });

  it("name what must not be missing", () => {
    expect(refusal('{"queues": [{"vhost": "/"}]}')).toMatchObject({
      code: "missing",
      facts: { path: "queues[0].name" },
    });
  });
});

describe("what hand-written files do", () => {
  const file = (raw: object, before = "") => {
    const read = readDefinitions(before + JSON.stringify(raw));
    if (!read.ok) throw new Error(read.code);
    return read.file;
  };

  it("a byte order mark, parts left out, empty lists for empty objects", () => {
    const { queues, bindings } = file({ queues: [{ name: "q", arguments: [] }] }, "\ufeff");
    expect(queues).toMatchObject([{ place: "queues[0]", vhost: "/", durable: true, arguments: {} }]);
    expect(bindings).toEqual([]);
  });

  it("the name of a single virtual host is not repeated in every row", () => {
    expect(file({ vhosts: [{ name: "shop" }], queues: [{ name: "q" }] }).queues[0]?.vhost).toBe("shop");
    expect(file({ vhosts: [{ name: "a" }, { name: "b" }], queues: [{ name: "q" }] }).queues[0]?.vhost).toBe("/");
  });

  it("the type stands beside the arguments, or the virtual host gives it as a module", () => {
    const { queues, vhosts } = file({
      vhosts: [{ name: "/", default_queue_type: "rabbit_quorum_queue" }],
      queues: [
        { name: "a", type: "quorum" },
        { name: "b", type: "quorum", arguments: { "x-queue-type": "stream" } },
      ],
    });
    expect(vhosts[0]?.defaultQueueType).toBe("quorum");
    expect(queues.map((queue) => queue.arguments)).toEqual([
      { "x-queue-type": "quorum" },
      { "x-queue-type": "stream" },
    ]);
  });

  it("gaps of a template inside quotes are taken as they are, and their places kept", () => {
    expect(file({ queues: [{ name: "{{name}}" }] }).placeholders).toEqual([
      { place: "queues[0].name", text: "{{name}}" },
    ]);
  });
});

describe("whatever comes", () => {
  const parts = fc.constantFrom("queues", "exchanges", "bindings", "vhosts", "policies", "permissions", "parameters");
  const keys = fc.constantFrom("name", "vhost", "type", "arguments", "source", "destination", "durable", "pattern");
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.double({ noNaN: true }));
  const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(fc.string(), leaf, { maxKeys: 3 }));
  const row = fc.oneof({ weight: 5, arbitrary: fc.dictionary(keys, value, { maxKeys: 6 }) }, value);
  const part = fc.oneof({ weight: 5, arbitrary: fc.array(row, { maxLength: 4 }) }, value);

  it("is read or refused with a code, never thrown", () => {
    fc.assert(
      fc.property(fc.dictionary(parts, part, { maxKeys: 5 }), (raw) => {
        const read = readDefinitions(JSON.stringify(raw));
        if (!read.ok) expect(read.issues[0]?.code).toBe(read.code);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it("also when a text is cut or damaged anywhere", () => {
    const whole =
      '{"vhosts":[{"name":"/"}],"queues":[{"name":"a\\u00e9","vhost":"/","arguments":{"x-max-length":10}}]}';
    for (let length = 0; length < whole.length; length++) {
      expect(readDefinitions(whole.slice(0, length)).ok).toBe(false);
    }
    fc.assert(
      fc.property(fc.nat(whole.length), fc.string({ maxLength: 3 }), (at, junk) => {
        readDefinitions(whole.slice(0, at) + junk + whole.slice(at + 1));
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
