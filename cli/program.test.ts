import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { helloQueue, type Report, type Scenario } from "../engine/index.ts";
import { duration } from "./output.ts";
import { program } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "weir-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};
const fixture = (name: string): string => new URL(`../engine/definitions/fixtures/${name}`, import.meta.url).pathname;
const large = fixture("20-large-made.json");
const hello = file("hello.weir.json", helloQueue());

function weir(...argv: string[]): { code: number; out: string; complaint: string } {
  let out = "";
  let complaint = "";
  const code = program(argv, {
    print: (text) => {
      out += `${text}\n`;
    },
    complain: (text) => {
      complaint += `${text}\n`;
    },
  });
  return { code, out, complaint };
}

describe("the command line as a whole", () => {
  it("lists its commands, and helps with each", () => {
    const { code, out } = weir("--help");
    expect(code).toBe(0);
    for (const name of ["run", "check", "import", "export", "link", "open", "conformance"]) {
      expect(out).toContain(`weir ${name}`);
      const help = weir(name, "--help");
      expect(help.code).toBe(0);
      expect(help.out).toContain(`weir ${name}`);
      expect(weir("help", name).out).toBe(help.out);
    }
    expect(weir("run", "--help").out).toMatch(/--warmup 10s {2}/);
  });

  it("answers with 2 to what it does not know", () => {
    expect(weir().code).toBe(2);
    expect(weir("fly")).toMatchObject({ code: 2, out: "" });
    expect(weir("fly").complaint).toContain('no command "fly"');
    expect(weir("run", hello, "--fast")).toMatchObject({ code: 2 });
    expect(weir("run", hello, "--fast").complaint).toContain("--fast");
    expect(weir("run", hello, "--until").complaint).toContain("--until needs a value");
    expect(weir("run", hello, "--until", "--json").complaint).toContain("--until needs a value");
    expect(weir("run", hello, "--seed", "1", "--seed", "2").complaint).toContain("given twice");
    expect(weir("run", hello, hello).complaint).toContain("too many");
    expect(weir("check").complaint).toContain("Which scenario file?");
    expect(weir("check", join(folder, "none.json")).complaint).toContain("no such file");
    expect(weir("check", folder).complaint).toContain("it is a folder");
  });

  it("reads durations with their unit", () => {
    expect(["500ms", "60s", "5m", "1h", "1.5s", "7"].map((text) => duration(text, "--until"))).toEqual([
      500, 60_000, 300_000, 3_600_000, 1500, 7000,
    ]);
    for (const bad of ["", "s", "-1s", "1 s", "5 minutes", "1e3", "NaN"]) {
      expect(() => duration(bad, "--until")).toThrow("--until takes a duration");
    }
  });
});

describe("weir run", () => {
  const report = (...more: string[]): Report => JSON.parse(weir("run", hello, "--json", ...more).out) as Report;

  it("prints one object with time in ms, the ledger, and figures by node", () => {
    const { time, ledger, nodes, system } = report("--until", "30s");
    expect(time).toBe(30_000);
    expect(ledger.published).toBe(31);
    expect(ledger.processed + ledger.inSystem).toBe(31);
    expect(Object.keys(nodes).sort()).toEqual(["consumer-1", "hello", "producer-1"]);
    expect(nodes["consumer-1"]?.utilisation).toBeCloseTo(0.4, 1);
    expect(system.published).toBe(31);
  });

  it("ends after 60 s unless told otherwise, and leaves the warm-up out", () => {
    expect(report().time).toBe(60_000);
    const warm = report("--until", "60s", "--warmup", "50s");
    expect(warm.nodes["producer-1"]?.publish).toBeLessThanOrEqual(11);
    expect(weir("run", hello, "--warmup", "60s").complaint).toContain("shorter than --until");
  });

  it("gives the same figures for the same seed, others for another", () => {
    const random = helloQueue();
    for (const node of random.nodes) if (node.kind === "producer") node.settings = { arrival: "exponential" };
    const path = file("random.weir.json", random);
    const run = (seed: string) => weir("run", path, "--json", "--seed", seed).out;
    expect(run("7")).toBe(run("7"));
    expect(run("7")).not.toBe(run("8"));
    expect(weir("run", path, "--seed", "1.5").complaint).toContain("--seed");
    expect(weir("run", path, "--seed", "4294967296").complaint).toContain("--seed");
  });

  it("prints a table for people", () => {
    const { out } = weir("run", hello, "--until=10s");
    expect(out).toMatch(/^after 10 s\npublished 11 = processed \d+ \+ in system \d+ \+ discarded 0 \+ lost 0\n/);
    expect(out).toContain("\nconsumer-1\n");
  });

  it("names every error of a document that cannot run", () => {
    const broken: Scenario = helloQueue();
    broken.nodes[0] = { ...(broken.nodes[0] as Scenario["nodes"][number]), settings: { rate: -1, window: "x" } };
    const { code, complaint } = weir("run", file("broken.weir.json", broken));
    expect(code).toBe(2);
    expect(complaint).toContain("nodes.producer-1.rate: Must be between 0 and 10000; it is -1.");
    expect(complaint).toContain("nodes.producer-1.window:");
  });
});

describe("weir check", () => {
  it("says what a sound document holds", () => {
    expect(weir("check", hello)).toMatchObject({ code: 0, complaint: "" });
    expect(weir("check", hello).out).toContain("3 nodes, 2 connections, no errors");
  });

  it("reads the lesson too, and says what to do about it", () => {
    const lesson = {
      v: 1,
      id: "x",
      title: { en: "X", zh: "课" },
      level: "intro",
      minutes: 5,
      steps: [{ type: "run" }],
    };
    const { code, out } = weir("check", file("lesson.weir.json", { ...helloQueue(), lesson } as Scenario));
    expect(code).toBe(2);
    expect(out).toContain("lesson.steps.1.until: Say when the run stops");
  });

  it("prints every problem with its path, and ends with 2", () => {
    const twice = helloQueue();
    twice.nodes.push({ ...(twice.nodes[1] as Scenario["nodes"][number]) });
    twice.edges.push({ id: "e9", kind: "consume", from: "nobody", to: "c1" });
    const { code, out, complaint } = weir("check", file("twice.weir.json", twice));
    expect(code).toBe(2);
    expect(out).toContain("nodes.hello.id");
    expect(out).toContain("edges.e9.from");
    expect(complaint).toMatch(/\d errors/);
  });

  it("points at the line where a text stops being JSON", () => {
    const { code, out } = weir("check", file("cut.weir.json", '{\n  "v": 1,\n  "nodes": [}\n'));
    expect(code).toBe(2);
    expect(out).toContain("line 3");
  });
});

describe("weir import and export", () => {
  it("prints counts and notices, and writes a scenario that runs", () => {
    const target = join(folder, "large.weir.json");
    const { code, out } = weir("import", large, "-o", target);
    expect(code).toBe(0);
    expect(out).toMatch(/^exchanges +16\nqueues +146\nbindings +158\npolicies +1\n/);
    expect(out).toContain("Policy “limits” is in force for 11");
    const scenario = JSON.parse(readFileSync(target, "utf8")) as Scenario;
    expect(new Set(scenario.nodes.map((node) => `${node.parent} ${node.x},${node.y}`)).size).toBe(
      scenario.nodes.length,
    );
    const { ledger } = JSON.parse(weir("run", target, "--until", "30s", "--json").out) as Report;
    expect(ledger.processed).toBeGreaterThan(50);
    expect(weir("check", target).code).toBe(0);
  });

  it("answers with JSON, the scenario in it unless it goes to a file", () => {
    const answer = JSON.parse(weir("import", large, "--json", "--no-traffic").out) as {
      counts: Record<string, number>;
      notices: { code: string; text: string }[];
      vhost: string;
      vhosts: string[];
      scenario: Scenario;
    };
    expect(answer.counts).toMatchObject({ exchanges: 16, queues: 146, bindings: 158, producers: 0, consumers: 0 });
    expect(answer.vhosts).toEqual(["/"]);
    expect(answer.notices.every(({ text }) => text.length > 20 && !text.includes("{{"))).toBe(true);
    expect(answer.scenario.nodes).toHaveLength(16 + 146 + 1);
  });

  it("takes one virtual host of several, and refuses one that is not there", () => {
    const two = file("two.json", {
      vhosts: [{ name: "/" }, { name: "shop" }],
      queues: [
        { name: "a", vhost: "/" },
        { name: "b", vhost: "shop" },
        { name: "c", vhost: "shop" },
      ],
    });
    expect(weir("import", two).out).toMatch(/queues +1\n/);
    expect(weir("import", two, "--vhost", "shop").out).toMatch(/queues +2\n/);
    const { code, complaint } = weir("import", two, "--vhost", "shp");
    expect(code).toBe(2);
    expect(complaint).toContain('no virtual host "shp". It has /, shop.');
  });

  it.each([
    ["empty", "", "The file is empty"],
    ["comma", '{\n "queues": [{"name":"a"},]\n}', "line 2, column 25"],
    ["types", '{"queues": 7, "exchanges": [{"name": 1, "type": "topic"}]}', "exchanges[0].name"],
    ["other", '{"hello": 1}', "not RabbitMQ definitions"],
    ["scenario", JSON.stringify(helloQueue()), "Weir scenario"],
  ])("refuses a file that cannot be used: %s", (name, text, words) => {
    const { code, complaint, out } = weir("import", file(`${name}.json`, text));
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(complaint).toContain("cannot be imported");
    expect(complaint).toContain(words);
  });

  it("refuses more than a document may hold, and says how much that is", () => {
    const queues = Array.from({ length: 301 }, (_, i) => ({ name: `q${i}` }));
    const { code, complaint } = weir("import", file("many.json", { queues }));
    expect(code).toBe(2);
    expect(complaint).toContain("at most 300");
  });

  it("writes definitions that come back as the same graph, and says what has no equivalent", () => {
    const scenario = join(folder, "there.weir.json");
    const definitions = join(folder, "definitions.json");
    const again = join(folder, "back.weir.json");
    weir("import", fixture("28-headers-made.json"), "-o", scenario);
    const { code, out } = weir("export", scenario, "-o", definitions);
    expect(code).toBe(0);
    expect(out).toContain("clients have no equivalent in definitions");
    weir("import", definitions, "-o", again);
    expect(readFileSync(again, "utf8")).toBe(readFileSync(scenario, "utf8"));
    expect(weir("export", scenario).complaint).toContain("-o OUT");
    expect(weir("export", scenario, "-o", join(folder, "no", "where.json")).code).toBe(2);
  });
});

describe("weir link and open", () => {
  it("are each other's inverse", () => {
    const { code, out } = weir("link", hello);
    expect(code).toBe(0);
    expect(out).toMatch(/^#s1=[\w-]+\n$/);
    expect(JSON.parse(weir("open", out.trim()).out)).toEqual(helloQueue());
    expect(JSON.parse(weir("open", `https://example.org/weir/${out.trim()}`).out)).toEqual(helloQueue());
  });

  it("say what is wrong with a link", () => {
    const link = weir("link", hello).out.trim();
    expect(weir("open", link.slice(0, -9))).toMatchObject({ code: 2 });
    expect(weir("open", link.slice(0, -9)).complaint).toContain("incomplete");
    expect(weir("open", "#s9=AAAA").complaint).toContain("newer version");
    expect(weir("open", "#top").complaint).toContain("no Weir document");
  });
});

describe("weir conformance", () => {
  it("replays a file of cases and counts", () => {
    const path = new URL("../conformance/rabbitmq/headers.json", import.meta.url).pathname;
    const { code, out } = weir("conformance", path);
    expect(out.trimEnd().split("\n").at(-1)).toMatch(/^\d+ passed, 0 failed$/);
    expect(code).toBe(0);
    expect(weir("conformance", path, "--quiet").code).toBe(2);
  });
});
