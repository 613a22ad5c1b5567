import { expect, it } from "vitest";
import { noiseOf, payloadText } from "./payload.ts";

const message = { message: 300, key: "A", routingKey: "order.new", payload: null };

it.each([
  ["json", '{"id":300,"key":"A","for":"order.new"}'],
  ["xml", "<message><id>300</id><key>A</key><for>order.new</for></message>"],
  ["protobuf", "\\x08\\xac\\x02\\x12\\x01A\\x1a\\x09order.new"],
])("a payload in %s can be read", (format, text) => {
  expect(payloadText(message, format)).toBe(text);
});

it("what is not there is left out, what a person wrote stands as it is", () => {
  expect(payloadText({ ...message, key: "", routingKey: "" }, "json")).toBe('{"id":300}');
  expect(payloadText({ ...message, key: "<&>" }, "xml")).toContain("<key>&lt;&amp;></key>");
  expect(payloadText({ ...message, payload: "Hallo" }, "json")).toBe("Hallo");
  expect(payloadText({ ...message, payload: "x".repeat(500) }, "json")).toHaveLength(161);
});

it("noise says nothing, and is the same for the same message", () => {
  expect(noiseOf(7)).toMatch(/^([0-9a-f]{2} ){20}…$/);
  expect(noiseOf(7)).toBe(noiseOf(7));
  expect(noiseOf(7)).not.toBe(noiseOf(8));
});
