import { expect, it } from "vitest";
import { program } from "./program.ts";

function weir(...argv: string[]): { code: number; out: string[]; complaint: string[] } {
  const out: string[] = [];
  const complaint: string[] = [];
  const code = program(argv, { print: (text) => out.push(text), complain: (text) => complaint.push(text) });
  return { code, out, complaint };
}

it("weir swarm plays as many seeds as it is told, from the one it is told", () => {
  expect(weir("swarm", "--seeds", "3", "--first", "40")).toMatchObject({
    code: 0,
    out: ["3 seeds run, nothing found"],
  });
});

it("weir swarm wants numbers and nothing else", () => {
  expect(weir("swarm", "--seeds", "many").code).toBe(2);
  expect(weir("swarm", "file.json").complaint.join()).toContain("file.json");
});
