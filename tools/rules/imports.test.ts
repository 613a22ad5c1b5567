import { describe, expect, it } from "vitest";
import { importRules } from "./imports.ts";
import { parseSource } from "./source.ts";

const found = (path: string, text: string): string[] =>
  importRules.flatMap((rule) => rule.check(parseSource(path, text)).map((finding) => finding.found));

/** What is found in a file at `path` that imports each of `specifiers`. */
const importing = (path: string, ...specifiers: string[]): string[] =>
  found(path, specifiers.map((specifier) => `import "${specifier}";`).join("\n"));

describe("who may know whom", () => {
  it("sees every way to name a module", () => {
    const text = `
      import { a } from "../run/a.ts";
      import type { B } from "../run/b.ts";
      export { c } from "../run/c.ts";
      export * from "../run/d.ts";
      const e = import("../run/e.ts");
      let f: import("../run/f.ts").F;
      const text = 'import "../run/g.ts"'; // import "../run/h.ts"
    `;
    expect(found("engine/kernel/x.ts", text)).toEqual(
      "abcdef".split("").map((name) => `imports engine/run/${name}.ts`),
    );
  });

  it("keeps the kernel alone, and the engine free of packages and hosts", () => {
    expect(importing("engine/kernel/calendar.ts", "./time.ts", "../models/model.ts", "node:fs", "fast-check")).toEqual([
      "imports engine/models/model.ts",
      "imports the package node:fs",
      "imports the package fast-check",
    ]);
    expect(importing("engine/run/run.ts", "../../app/store/run.ts", "../../scenarios/hello.ts")).toHaveLength(2);
  });

  it("lets a model know the kernel, the contract and itself", () => {
    const specifiers = ["../../kernel/time.ts", "../model.ts", "../messages.ts", "./queue.ts", "./routing/topic.ts"];
    expect(importing("engine/models/rabbitmq/broker.ts", ...specifiers)).toEqual([]);
    expect(importing("engine/models/rabbitmq/routing/topic.ts", "../broker.ts")).toEqual([]);
    expect(importing("engine/models/rabbitmq/broker.ts", "../kafka/log.ts", "../../run/run.ts", "../index.ts")).toEqual(
      ["imports engine/models/kafka/log.ts", "imports engine/run/run.ts", "imports engine/models/index.ts"],
    );
    expect(importing("engine/models/model.ts", "./rabbitmq/broker.ts")).toHaveLength(1);
  });

  it("lets metrics listen without knowing the run", () => {
    expect(importing("engine/metrics/meter.ts", "../kernel/time.ts", "../models/model.ts")).toEqual([]);
    expect(importing("engine/metrics/meter.ts", "../run/ledger.ts")).toEqual(["imports engine/run/ledger.ts"]);
  });

  it("shows the app the protocol, the scenario and the definitions, and nothing else of the engine", () => {
    const allowed = [
      "../../engine/worker/protocol.ts",
      "../../engine/scenario/index.ts",
      "react",
      "./canvas.module.css",
    ];
    expect(importing("app/canvas/Canvas.tsx", ...allowed)).toEqual([]);
    expect(
      importing("app/canvas/Canvas.tsx", "../../engine/index.ts", "../../engine/kernel/time.ts", "node:fs"),
    ).toEqual(["imports engine/index.ts", "imports engine/kernel/time.ts", "imports the package node:fs"]);
  });

  it("keeps React out of the store", () => {
    expect(importing("app/store/run.ts", "zustand", "zundo", "react", "@xyflow/react")).toHaveLength(2);
  });

  it("has the command line use the engine as a stranger would", () => {
    expect(importing("cli/run.ts", "node:fs", "../engine/index.ts", "../conformance/replay.ts")).toEqual([]);
    expect(importing("cli/link.ts", "../app/share/link.ts", "../app/text/en.ts")).toEqual([]);
    expect(importing("cli/run.ts", "../engine/run/run.ts", "../app/store/run.ts")).toHaveLength(2);
  });

  it("shows the fakes to tests only", () => {
    expect(importing("engine/run/run.test.ts", "vitest", "../testing/fakes.ts")).toEqual([]);
    expect(importing("engine/run/run.ts", "../testing/fakes.ts")).toHaveLength(1);
    expect(importing("engine/index.ts", "./testing/fakes.ts")).toHaveLength(1);
    expect(importing("engine/run/run.test.ts", "../../app/store/run.ts")).toHaveLength(1);
  });

  it("lets only the bridge start a worker", () => {
    const text = 'const w = new Worker(new URL("../../engine/worker/worker.ts", import.meta.url), { type: "module" });';
    expect(found("app/bridge/client.ts", text)).toEqual([]);
    expect(found("app/panels/dock/Dock.tsx", text)).toEqual(["new Worker"]);
  });

  it("lets no part of the page wait until nothing changes any more", () => {
    const text = 'import { lazy, memo, Suspense as S } from "react";';
    expect(found("app/panels/dock/Dock.tsx", text)).toEqual(["imports lazy", "imports Suspense"]);
  });
});
