import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../scenarios/index.ts";
import { hasInitials, isRead } from "./pinyin.ts";
import { INITIALS } from "./pinyin-initials.ts";
import zh from "./zh.ts";

/** Characters of a text, or of all texts below. */
function* hanOf(value: unknown): Generator<string> {
  if (typeof value === "string") yield* value.match(/\p{Script=Han}/gu) ?? [];
  else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) yield* hanOf(one);
}

describe("search by the first letters of pinyin", () => {
  it.each([
    ["播放", "bf"],
    ["死信队列", "sxdl"],
    ["打开教学课程库", "jxkc"],
    ["流量削峰（削峰填谷）", "xftg"],
    ["重新开始", "cxks"],
    ["Kafka 消费者组", "xfzz"],
    ["单步 1 次", "db1"],
  ])("%s is found by %s", (text, query) => {
    expect(hasInitials(text, query)).toBe(true);
    expect(hasInitials(text, query.toUpperCase())).toBe(true);
  });

  it.each([
    ["播放", "fb"],
    ["播放", "bfx"],
    ["播放", "b"],
    ["播放", ""],
    ["Kafka", "ka"],
    ["播放", "b f"],
  ])("%s is not found by “%s”", (text, query) => {
    expect(hasInitials(text, query)).toBe(false);
  });

  it("knows every character that we write ourselves", () => {
    const ours = new Set([...hanOf(zh), ...hanOf(CATALOGUE.map(({ scenario }) => scenario.meta))]);
    expect(ours.size).toBeGreaterThan(800);
    expect(
      [...ours].filter((sign) => !isRead(sign)),
      "node tools/pinyin.mjs writes the table anew",
    ).toEqual([]);
  });

  it("agrees with the order in which Chinese dictionaries list characters", () => {
    // Characters that stand first under their letter; i, u and v begin no syllable.
    const firsts = [..."阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀"];
    const letters = [..."abcdefghjklmnopqrstwxyz"];
    const order = new Intl.Collator("zh-Hans-CN-u-co-pinyin");
    const all = [...new Set(Object.values(INITIALS).join(""))];
    const other = all.filter((sign) => {
      const at = firsts.findLastIndex((first) => order.compare(first, sign) <= 0);
      return !INITIALS[letters[at] ?? ""]?.includes(sign);
    });
    expect(all.length).toBeGreaterThan(3700);
    expect(other.length).toBeLessThan(all.length / 100);
  });
});
