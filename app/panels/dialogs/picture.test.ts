import { describe, expect, it } from "vitest";
import { emptyScenario, helloQueue } from "../../../engine/scenario/index.ts";
import { fittingScale, frameOf } from "./picture.ts";

describe("the picture of a document", () => {
  it("holds every node with air around, and is nothing without nodes", () => {
    expect(frameOf(emptyScenario())).toBeNull();
    const frame = frameOf(helloQueue());
    expect(frame).not.toBeNull();
    // The producer begins at (4, 10) grid steps of 16 px.
    expect(frame?.x).toBe(4 * 16 - 40);
    expect(frame?.y).toBeLessThanOrEqual(10 * 16 - 40);
    expect((frame?.x ?? 0) + (frame?.width ?? 0)).toBeGreaterThan(41 * 16);
  });

  it("gets smaller rather than larger than a browser draws", () => {
    const frame = { x: 0, y: 0, width: 4000, height: 1000 };
    expect(fittingScale(frame, 1)).toBe(1);
    expect(fittingScale(frame, 4)).toBe(2);
  });
});
