import { useSyncExternalStore } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { render } from "vitest-browser-react";
import { fetched } from "./fetched.tsx";
import { ErrorBoundary } from "./panels/shell/ErrorBoundary.tsx";

/** What a run does to the page: a figure that is another one every few ms, drawn at once. */
let time = 0;
const hearers = new Set<() => void>();
const tick = () => {
  time++;
  for (const hear of hearers) hear();
};
const listen = (hear: () => void) => {
  hearers.add(hear);
  return () => hearers.delete(hear);
};
const Clock = () => <time>{useSyncExternalStore(listen, () => time)}</time>;

/** As on a slow machine: each line takes longer to draw than the figure stands. */
function Line({ n }: { n: number }) {
  const end = performance.now() + 6;
  while (performance.now() < end);
  return <li>{n}</li>;
}
const LINES = Array.from({ length: 30 }, (_, n) => n);
const List = ({ label }: { label: string }) => (
  <ul aria-label={label}>
    {LINES.map((n) => (
      <Line key={n} n={n} />
    ))}
  </ul>
);

const Here = () => <p>here</p>;

let timer: ReturnType<typeof setInterval>;
afterEach(() => clearInterval(timer));

describe("a part that is fetched", () => {
  it("is drawn while everything around it changes without end", async () => {
    let come = (_: { default: typeof List }) => {};
    const coming = new Promise<{ default: typeof List }>((done) => {
      come = done;
    });
    const Part = fetched(
      () => coming,
      ({ label }) => <p>{label} comes</p>,
    );
    timer = setInterval(tick, 2);
    const page = await render(
      <>
        <Clock />
        <Part label="list" />
      </>,
    );
    await expect.element(page.getByText("list comes")).toBeVisible();
    come({ default: List });
    await expect.element(page.getByRole("list", { name: "list" })).toBeVisible();
    expect(page.getByRole("listitem").all()).toHaveLength(LINES.length);
    const before = time;
    await expect.poll(() => time).toBeGreaterThan(before);
  });

  it("is there at once when it has been fetched before, and is fetched again when that failed", async () => {
    let isThere = false;
    let asked = 0;
    const Part = fetched(() => {
      asked++;
      return isThere
        ? Promise.resolve({ default: Here })
        : Promise.reject<{ default: typeof Here }>(new Error("no way to it"));
    });
    const page = await render(
      <ErrorBoundary>
        <Part />
      </ErrorBoundary>,
    );
    await expect.element(page.getByText("no way to it")).toBeVisible();
    isThere = true;
    await page.getByRole("button").click();
    await expect.element(page.getByText("here")).toBeVisible();
    const before = asked;
    await page.rerender(<Part />);
    expect(page.getByText("here").query()).not.toBeNull();
    expect(asked).toBe(before);
  });
});
