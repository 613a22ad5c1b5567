// Writes app/text/pinyin-initials.ts: the letters that the pinyin of each character can begin with.
// Usage: npm install --prefix DIR pinyin-pro && node tools/pinyin.mjs DIR
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { root } from "./install.mjs";

const [from] = process.argv.slice(2);
if (from === undefined) throw new Error("Say where pinyin-pro is installed: node tools/pinyin.mjs DIR");
const { pinyin } = createRequire(`${resolve(from)}/`)("pinyin-pro");

/** The first level of GB 2312, 3755 characters: what people name their queues with. */
function* common() {
  const decoder = new TextDecoder("gb2312");
  for (let row = 16; row <= 55; row++)
    for (let cell = 1; cell <= (row === 55 ? 89 : 94); cell++)
      yield decoder.decode(new Uint8Array([row + 0xa0, cell + 0xa0]));
}

/** Every character of our own Chinese. */
function* ours() {
  for (const folder of ["app/text/zh", "scenarios"])
    for (const file of readdirSync(root + folder, { recursive: true, encoding: "utf8" }))
      if (file.endsWith(".ts")) yield* readFileSync(`${root}${folder}/${file}`, "utf8").match(/\p{Script=Han}/gu) ?? [];
}

/** @type {Map<string, string[]>} */
const byLetter = new Map();
for (const sign of [...new Set([...common(), ...ours()])].sort()) {
  /** @type {string[]} */
  const readings = pinyin(sign, { multiple: true, toneType: "none", type: "array" });
  for (const letter of new Set(readings.map((reading) => reading[0] ?? "")))
    if (/[a-z]/.test(letter)) byLetter.set(letter, [...(byLetter.get(letter) ?? []), sign]);
}
const lines = [...byLetter]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([letter, signs]) => `  ${letter}: "${signs.join("")}",`);
writeFileSync(
  `${root}app/text/pinyin-initials.ts`,
  `/** Which characters' pinyin begins with a letter; one that is read in several ways stands in several lines. Made by tools/pinyin.mjs from
 *  pinyin-pro (MIT): the first level of GB 2312 and every character of our own texts. */
export const INITIALS: Readonly<Record<string, string>> = {
${lines.join("\n")}
};
`,
);
