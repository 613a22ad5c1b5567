import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addNode, helloQueue, moveNodes, renameNode, setFolded, setSetting } from "../../engine/scenario/index.ts";
import {
  type Frame,
  type FrameLayout,
  type FromEngine,
  PROTOCOL_VERSION,
  type ToEngine,
} from "../../engine/worker/protocol.ts";
import { useDocument } from "../store/document.ts";
import { useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import { EngineClient, StaleRun } from "./engine-client.ts";
import type { Port } from "./port.ts";
import { followVisibility } from "./visibility.ts";
import { watchOver } from "./watchdog.ts";

/** A worker that only listens; the test answers in its place. */
class FakePort implements Port {
  sent: ToEngine[] = [];
  isTerminated = false;
  onmessage: Port["onmessage"] = null;
  onerror: Port["onerror"] = null;
  postMessage(message: ToEngine): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  say(data: FromEngine): void {
    this.onmessage?.({ data });
  }
  /** Types of the messages since the last look. */
  take(): string[] {
    const types = this.sent.map((message) => message.type);
    this.sent = [];
    return types;
  }
}

const layout: FrameLayout = {
  revision: 1,
  nodes: [{ id: "q1", offset: 0, metrics: ["ready", "unacked"] }],
  edges: [{ id: "e1", offset: 2, metrics: ["messages.rate"] }],
  system: { offset: 3, metrics: ["published.total"] },
  size: 4,
};

const frame = (over: Partial<Frame> = {}): Frame => ({
  passage: 1,
  revision: 1,
  time: 0,
  speedNow: 0,
  speedAsked: 1,
  running: false,
  values: new Float64Array([12, 3, 4.5, 99]),
  tokens: new Float64Array(0),
  skipped: new Uint32Array(0),
  lastEvent: 0,
  badges: {},
  alerts: [],
  ...over,
});

let ports: FakePort[];
let client: EngineClient;
const port = () => ports.at(-1) as FakePort;
const runId = () => useRun.getState().runId;
const apply = useDocument.getState().apply;
const waitForEdits = () => vi.advanceTimersByTime(100);

function getReady() {
  port().say({ type: "ready", protocolVersion: PROTOCOL_VERSION });
  port().say({ type: "layout", runId: runId(), layout });
  port().say({ type: "frame", runId: runId(), frame: frame() });
  port().take();
}

beforeEach(() => {
  vi.useFakeTimers();
  ports = [];
  useDocument.getState().open(helloQueue(), { origin: "own" });
  useRun.setState(useRun.getInitialState());
  client = new EngineClient(() => {
    ports.push(new FakePort());
    return port();
  });
  client.start();
});

afterEach(() => {
  client.stop();
  vi.useRealTimers();
});

describe("the bridge to the engine", () => {
  it("loads the document when the engine is ready, and says so when it can be played", () => {
    expect(useRun.getState().status).toBe("loading");
    expect(port().sent).toEqual([]);
    port().say({ type: "ready", protocolVersion: PROTOCOL_VERSION });
    expect(port().sent[0]).toMatchObject({ type: "load", scenario: useDocument.getState().scenario });
    expect(useRun.getState().status).toBe("loading");
    port().say({ type: "layout", runId: runId(), layout });
    expect(useRun.getState().status).toBe("ready");
  });

  it("reads single figures out of the newest frame", () => {
    getReady();
    expect(client.metric("q1", "unacked")).toBe(3);
    expect(client.metric("e1", "messages.rate")).toBe(4.5);
    expect(client.metric("system", "published.total")).toBe(99);
    expect(client.metric("q1", "nothing")).toBeNaN();
    expect(client.metric("q9", "ready")).toBeNaN();
  });

  it("drops what comes late from an older run", () => {
    getReady();
    const old = runId();
    apply((s) => ({ ...s, seed: 7 }));
    waitForEdits();
    expect(runId()).toBeGreaterThan(old);
    port().say({ type: "frame", runId: old, frame: frame({ time: 5e6, running: true }) });
    expect(useRun.getState().time).toBe(0);
    expect(client.frames.latest).toBeNull();
  });

  it("keeps layout, notes and titles to itself", () => {
    getReady();
    apply((s) => moveNodes(s, new Map([["q1", { x: 1, y: 1 }]])));
    apply((s) => addNode(s, "note", { x: 0, y: 0 }).scenario);
    apply((s) => addNode(s, "frame", { x: 0, y: 0 }).scenario);
    apply((s) => ({ ...s, meta: { ...s.meta, title: "Other" } }));
    waitForEdits();
    expect(port().take()).toEqual([]);
  });

  it("keeps to itself that a frame is folded, a broker's too", () => {
    getReady();
    apply((s) => addNode(s, "broker", { x: 0, y: 0 }).scenario);
    waitForEdits();
    port().take();
    apply((s) => setFolded(s, ["b1"], true));
    waitForEdits();
    expect(useDocument.getState().scenario.nodes[0]?.folded).toBe(true);
    expect(port().take()).toEqual([]);
  });

  it("loads anew while nothing has happened, so that a link and its maker have the same run; later it edits", () => {
    getReady();
    apply((s) => setSetting(s, "p1", "rate", 5).scenario);
    waitForEdits();
    expect(port().take()).toContain("load");
    port().say({ type: "layout", runId: runId(), layout });
    client.play();
    port().take();
    apply((s) => renameNode(s, "q1", "orders").scenario);
    waitForEdits();
    expect(port().take()).toEqual(["edit"]);
  });

  it("sends edits of one moment together, and before Play", () => {
    getReady();
    apply((s) => setSetting(s, "p1", "rate", 5).scenario);
    apply((s) => setSetting(s, "p1", "rate", 6).scenario);
    client.play();
    const types = port().take();
    expect(types.filter((type) => type === "load")).toHaveLength(1);
    expect(types.at(-1)).toBe("play");
  });

  it("begins a new run with another seed or document", () => {
    getReady();
    client.play();
    port().take();
    apply((s) => ({ ...s, seed: 2 }));
    waitForEdits();
    expect(port().take()).toContain("load");
    useDocument.getState().open(helloQueue(), { origin: "example" });
    waitForEdits();
    expect(port().take()).toContain("load");
  });

  it("follows play, pause and step in words the page can show", () => {
    getReady();
    client.play();
    vi.advanceTimersByTime(1000);
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 1e6, running: true, speedNow: 1 }) });
    expect(useRun.getState()).toMatchObject({ status: "running", time: 1e6 });
    port().say({ type: "paused", runId: runId(), reason: "asked", time: 1.5e6 });
    expect(useRun.getState()).toMatchObject({ status: "paused", reason: "asked", time: 1.5e6 });
    const step = { n: 3, t: 2e6, node: "q1", kind: "deliver", message: 42 };
    port().say({ type: "paused", runId: runId(), reason: "step", time: 2e6, step });
    expect(useRun.getState().stepped).toEqual(step);
  });

  it("tells the store of the clock at most ten times a second", () => {
    getReady();
    client.play();
    let changes = 0;
    const stop = useRun.subscribe((now, before) => {
      if (now.time !== before.time) changes++;
    });
    for (let ms = 0; ms < 1000; ms += 33) {
      vi.advanceTimersByTime(33);
      port().say({ type: "frame", runId: runId(), frame: frame({ time: ms * 1000 + 1, running: true }) });
    }
    stop();
    expect(changes).toBeGreaterThan(5);
    expect(changes).toBeLessThanOrEqual(11);
  });

  it("refuses to play what cannot run, and recovers with the edit that mends it", () => {
    port().say({ type: "ready", protocolVersion: PROTOCOL_VERSION });
    const issue = { path: "nodes.q1", code: "x", facts: {}, severity: "error" as const };
    port().say({ type: "refused", runId: runId(), issues: [issue] });
    expect(useRun.getState()).toMatchObject({ status: "refused", issues: [issue] });
    client.play();
    expect(port().take()).not.toContain("play");
    apply((s) => setSetting(s, "p1", "rate", 5).scenario);
    waitForEdits();
    expect(port().take()).toContain("load");
    port().say({ type: "layout", runId: runId(), layout });
    expect(useRun.getState()).toMatchObject({ status: "ready", issues: [] });
  });

  it("keeps a run going while an edit is half done", () => {
    getReady();
    client.play();
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 1e6, running: true }) });
    const issue = { path: "nodes.q1", code: "x", facts: {}, severity: "error" as const };
    port().say({ type: "refused", runId: runId(), issues: [issue] });
    expect(useRun.getState()).toMatchObject({ status: "running", issues: [issue] });
  });

  it("answers questions in the order of their numbers, and gives up those of an older run", async () => {
    getReady();
    const hash = client.hash();
    const asked = port().sent.at(-1);
    port().say({ type: "hash", runId: runId(), request: (asked as { request: number }).request, hash: "abc", time: 5 });
    await expect(hash).resolves.toEqual({ hash: "abc", time: 5 });
    const late = client.events({ after: 0, limit: 10 });
    apply((s) => ({ ...s, seed: 9 }));
    waitForEdits();
    await expect(late).rejects.toBeInstanceOf(StaleRun);
  });

  it("replaces a worker that fell over, and reports one that keeps falling", () => {
    getReady();
    port().onerror?.({ message: "out of memory" });
    expect(ports).toHaveLength(2);
    expect(ports[0]?.isTerminated).toBe(true);
    expect(useRun.getState().status).toBe("loading");
    for (let i = 0; i < 5; i++) port().onerror?.({ message: "out of memory" });
    expect(useRun.getState()).toMatchObject({ status: "fault", fault: { message: "out of memory" } });
    client.restart();
    expect(useRun.getState().status).toBe("loading");
  });

  it("takes the run of a worker that fell over to where it stood, and says so", () => {
    getReady();
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 0 }) });
    client.play();
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 7_500_000, running: true }) });
    useRun.setState({ time: 7_500_000 });
    useView.setState({ notices: [] });
    port().onerror?.({ message: "out of memory" });
    expect(useView.getState().notices.map(({ key }) => key)).toEqual(["panels.dock.problems.fault.restarted"]);
    port().say({ type: "ready", protocolVersion: PROTOCOL_VERSION });
    expect(port().sent.filter(({ type }) => type === "load" || type === "seek")).toEqual([
      expect.objectContaining({ type: "load" }),
      expect.objectContaining({ type: "seek", time: 7_500_000 }),
    ]);
  });

  it("ends a worker that hangs, and takes its run to where it stood; one that answers or is loading is left alone", async () => {
    getReady();
    const stop = watchOver(client);
    client.play();
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 7_500_000, running: true }) });
    useRun.setState({ time: 7_500_000 });
    useView.setState({ notices: [] });
    // A run at rest sends no frames, but says when it is asked that it is there.
    for (let s = 0; s < 30; s++) {
      await vi.advanceTimersByTimeAsync(1000);
      for (const asked of port().sent)
        if (asked.type === "events") port().say({ type: "events", runId: runId(), request: asked.request, events: [] });
      port().take();
    }
    expect(ports).toHaveLength(1);
    // From now on nothing comes.
    await vi.advanceTimersByTimeAsync(20_000);
    expect(ports).toHaveLength(2);
    expect(ports[0]?.isTerminated).toBe(true);
    expect(useView.getState().notices.map(({ key }) => key)).toEqual(["panels.dock.problems.fault.restarted"]);
    // The next one may take its time until it has what it needs.
    port().say({ type: "ready", protocolVersion: PROTOCOL_VERSION });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ports).toHaveLength(2);
    expect(port().sent).toContainEqual(expect.objectContaining({ type: "seek", time: 7_500_000 }));
    stop();
  });

  it("goes back from a fault to the snapshot before it, and shows what to do", () => {
    getReady();
    port().say({ type: "fault", runId: runId(), message: "a bug", time: 12_300_000, seed: 1 });
    expect(useView.getState().panels.dock).toMatchObject({ open: true, tab: "problems" });
    client.resume();
    expect(port().sent.at(-1)).toMatchObject({ type: "seek", time: 10_000_000 });
    expect(useRun.getState()).toMatchObject({ status: "paused", fault: null });
  });

  it("does not trust a worker of another build", () => {
    port().say({ type: "ready", protocolVersion: 999 });
    expect(useRun.getState().status).toBe("fault");
    expect(port().sent).toEqual([]);
  });

  it("pauses while nobody sees the page, and goes on afterwards, unless it shall run on", () => {
    getReady();
    const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
    let runsOn = false;
    const stop = followVisibility(client, () => runsOn, page as unknown as Document);
    const show = (state: string) => {
      page.visibilityState = state;
      page.dispatchEvent(new Event("visibilitychange"));
    };
    const run = () => port().say({ type: "frame", runId: runId(), frame: frame({ time: 1e6, running: true }) });
    show("hidden");
    expect(port().take()).toEqual([]);
    client.play();
    run();
    port().take();
    show("hidden");
    expect(port().take()).toEqual(["pause"]);
    port().say({ type: "paused", runId: runId(), reason: "asked", time: 1e6 });
    show("visible");
    expect(port().take()).toEqual(["play"]);
    run();
    runsOn = true;
    show("hidden");
    expect(port().take()).toEqual([]);
    stop();
  });

  it("sets the limit of a run again after a restart", () => {
    getReady();
    client.runUntil(3e7);
    client.play();
    port().take();
    client.restart();
    expect(port().sent.filter(({ type }) => type === "runUntil")).toEqual([
      { type: "runUntil", runId: runId(), time: 3e7 },
    ]);
  });

  it("has one seek on its way at a time, and then goes to the newest time that was wanted", () => {
    getReady();
    port().take();
    const seeks = () => port().sent.flatMap((message) => (message.type === "seek" ? [message.time] : []));
    client.seek(1e6);
    client.seek(2e6);
    client.seek(3e6);
    expect(seeks()).toEqual([1e6]);
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 1e6, passage: 2 }) });
    expect(useRun.getState()).toMatchObject({ passage: 2, time: 1e6 });
    expect(seeks().at(-1)).toBe(3e6);
    expect(seeks()).not.toContain(2e6);
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 3e6, passage: 3 }) });
    const before = seeks().length;
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 3e6, passage: 3 }) });
    expect(seeks()).toHaveLength(before);
  });

  it("adds up jumps that are asked for faster than they are done", () => {
    getReady();
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 20e6 }) });
    for (let i = 0; i < 3; i++) client.seekBy(5e6);
    client.seekBy(-1e6);
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 25e6, passage: 2 }) });
    expect(port().sent.flatMap((message) => (message.type === "seek" ? [message.time] : []))).toEqual([25e6, 34e6]);
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 34e6, passage: 3 }) });
    client.seekBy(-50e6);
    expect(port().sent.findLast((message) => message.type === "seek")).toMatchObject({ time: 0 });
  });

  it("offers the way back when something in the past dropped what came later, and takes the document back too", () => {
    getReady();
    client.play();
    const before = useDocument.getState().scenario;
    const changed = (rate: number) =>
      useDocument.getState().apply((scenario) => ({
        ...scenario,
        nodes: scenario.nodes.map((node) => (node.kind === "producer" ? { ...node, settings: { rate } } : node)),
      }));
    changed(7);
    waitForEdits();
    changed(8);
    waitForEdits();
    port().take();
    port().say({ type: "dropped", runId: runId(), count: 2, document: before });
    const notice = useView.getState().notices.at(-1);
    expect(notice).toMatchObject({ key: "shell.transport.dropped", facts: { count: 2 } });
    notice?.action?.perform();
    waitForEdits();
    // The engine has the document of then: no edit is needed to tell it.
    expect(port().take()).toEqual(["undoDrop"]);
    expect(useDocument.getState().scenario).toBe(before);
  });

  it("knows how far the run has come, also when it is taken back", () => {
    getReady();
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 9e6 }) });
    port().say({ type: "frame", runId: runId(), frame: frame({ time: 4e6, passage: 2 }) });
    expect(useRun.getState()).toMatchObject({ time: 4e6, tape: { furthest: 9e6 } });
    port().say({ type: "tape", runId: runId(), tape: { furthest: 4e6, marks: [], far: [] } });
    expect(useRun.getState().tape.furthest).toBe(4e6);
  });
});
