import { expect, it } from "vitest";
import { staleness } from "./install.mjs";

const wanted = {
  "": {},
  "node_modules/a": { version: "1.0.0" },
  "node_modules/b": { version: "2.0.0", optional: true },
};

it("asks for an installation when nothing, too little or something else is installed", () => {
  expect(staleness(wanted, undefined)).toBe("nothing is installed yet");
  expect(staleness(wanted, {})).toBe("node_modules/a is missing");
  expect(staleness(wanted, { "node_modules/a": { version: "1.0.1" } })).toBe("node_modules/a is 1.0.1, not 1.0.0");
});

it("is content when all that this platform needs is there", () => {
  expect(staleness(wanted, { "node_modules/a": { version: "1.0.0" } })).toBeUndefined();
});
