import { writeFileSync } from "node:fs";
import { goldenScenarios } from "../scenarios/golden.ts";
import { goldenLooks } from "../scenarios/golden-run.ts";

// Writes what the golden runs come to now. Look at the difference before it is committed: each line that changes is a run that is no longer the same.
const lines = goldenScenarios().map(({ name, scenario }) => {
  const looks = goldenLooks(scenario).map(({ events, values }) => `    { events: "${events}", values: "${values}" },`);
  const key = /^\w+$/.test(name) ? name : `"${name}"`;
  return [`  ${key}: [`, ...looks, "  ],"].join("\n");
});
const text = [
  'import type { GoldenLook } from "./golden.ts";',
  "",
  "/** Written by `npm run golden`. One look at each of the golden times. */",
  "export const GOLDEN: Readonly<Record<string, readonly GoldenLook[]>> = {",
  ...lines,
  "};",
  "",
].join("\n");
writeFileSync(new URL("../scenarios/golden-hashes.ts", import.meta.url), text);
console.log(`${lines.length} golden runs`);
