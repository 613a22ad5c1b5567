import { expect, it } from "vitest";
import { RedisBench } from "../../conformance/adapters/redis-bench.ts";
import { sketch } from "../testing/sketch.ts";
import { aclFault, aclUser, validate } from "./index.ts";

it("reads a line of an ACL file", () => {
  expect(aclUser("web ~orders* +@all")).toEqual({ name: "web", rules: ["~orders*", "+@all"] });
  expect(aclUser("  user  web   on ")).toEqual({ name: "web", rules: ["on"] });
  expect(aclUser("  ")).toBeNull();
});

it("finds what no rule can be, as the server does", () => {
  for (const rule of [
    "on",
    "NOPASS",
    ">pw",
    "~orders*",
    "%R~a",
    "%RW~b*",
    "&news.*",
    "+@read",
    "-lpush",
    "+xgroup|create",
    "reset",
  ]) {
    expect(aclFault(`web ${rule}`), rule).toBeNull();
    expect(new RedisBench().do(`c> ACL SETUSER web resetkeys resetchannels ${rule}`), rule).toEqual(['c="OK"']);
  }
  for (const rule of ["orders", "%X~a", "+", "@read", "+@", "*"]) {
    expect(aclFault(`web on ${rule}`), rule).toBe(rule);
    expect(new RedisBench().do(`c> ACL SETUSER web ${rule}`), rule).toEqual(["c!ERR"]);
  }
});

it("tells of a line that cannot be read", () => {
  const codes = (line: string) => validate(sketch([["redis r", { users: ["web +@all", line] }]], [])).issues;
  expect(codes("job ~jobs* +@list")).toEqual([]);
  expect(codes("job jobs")).toMatchObject([{ code: "bad-acl-rule", facts: { got: "jobs" }, severity: "warning" }]);
});
