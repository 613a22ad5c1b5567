import { beforeEach, describe, expect, it } from "vitest";
import { useView } from "../../store/view.ts";
import { followUpdates, type Updates } from "./updates.ts";

/** A service worker that the test installs. */
function browser(controller: unknown) {
  const registration = Object.assign(new EventTarget(), {
    waiting: null as { postMessage(message: unknown): void } | null,
    installing: null as EventTarget | null,
  });
  const container = Object.assign(new EventTarget(), { ready: Promise.resolve(registration), controller });
  const sent: unknown[] = [];
  const install = () => {
    const worker = new EventTarget();
    registration.installing = worker;
    registration.dispatchEvent(new Event("updatefound"));
    registration.waiting = { postMessage: (message) => sent.push(message) };
    worker.dispatchEvent(new Event("statechange"));
  };
  return { container, install, sent, updates: container as unknown as Updates };
}

const notices = () => useView.getState().notices;
beforeEach(() => useView.setState({ notices: [] }));

describe("a newer version", () => {
  it("is offered, and comes only when it is wanted", async () => {
    const { container, install, sent, updates } = browser({});
    let reloads = 0;
    followUpdates(updates, () => reloads++);
    await container.ready;
    install();
    expect(notices().map(({ key, stays }) => [key, stays])).toEqual([["shell.update.ready", 0]]);
    container.dispatchEvent(new Event("controllerchange"));
    expect(reloads).toBe(0);
    notices()[0]?.action?.perform();
    expect(sent).toEqual([{ type: "SKIP_WAITING" }]);
    container.dispatchEvent(new Event("controllerchange"));
    expect(reloads).toBe(1);
  });

  it("is not announced on the first visit, where there was none before", async () => {
    const { container, install, updates } = browser(null);
    followUpdates(updates, () => undefined);
    await container.ready;
    install();
    expect(notices()).toEqual([]);
  });

  it("is no matter where the browser has no service worker", () => {
    expect(() => followUpdates(undefined, () => undefined)).not.toThrow();
  });
});
