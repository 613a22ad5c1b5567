import { describe, expect, it } from "vitest";
import { readEmbed, writeEmbed } from "./options.ts";

const USUAL = {
  play: false,
  speed: 1,
  t: 0,
  ui: "full",
  panels: [],
  lesson: false,
  step: 1,
  edit: false,
  expose: true,
  lang: null,
  theme: "system",
  loop: false,
};

describe("what an embedding page asks for", () => {
  it("is nothing without embed", () => {
    for (const search of ["", "?play=1", "?embed=0", "?embed=no"]) expect(readEmbed(search)).toBeNull();
  });

  it("has usual values", () => {
    expect(readEmbed("?embed=1")).toEqual(USUAL);
    expect(readEmbed("?embed")).toEqual(USUAL);
  });

  it("is read to the last word", () => {
    expect(
      readEmbed(
        "?embed=1&play=1&speed=5&t=12.5&ui=min&panels=charts,events&lesson=1&step=3&edit=1&expose=0&lang=zh-CN&theme=dark&loop=1",
      ),
    ).toEqual({
      play: true,
      speed: 5,
      t: 12_500,
      ui: "min",
      panels: ["charts", "events"],
      lesson: true,
      step: 3,
      edit: true,
      expose: false,
      lang: "zh",
      theme: "dark",
      loop: true,
    });
  });

  it("does without what makes no sense", () => {
    expect(
      readEmbed("?embed=1&speed=fast&t=-5&ui=tiny&panels=x,<b>&lesson=maybe&step=abc&lang=tlh&theme=pink&other=1"),
    ).toEqual(USUAL);
    expect(readEmbed("?embed=1&speed=1e9&t=1e12")).toMatchObject({ speed: 1000, t: 86_400_000 });
    expect(readEmbed("?embed=1&speed=max")).toMatchObject({ speed: 0 });
  });

  it("is written as it is read, and no longer than it must be", () => {
    expect(writeEmbed({})).toBe("?embed=1");
    expect(writeEmbed(USUAL as never)).toBe("?embed=1");
    const wanted = { play: true, speed: 0, t: 1500, ui: "none", panels: ["charts", "ledger"], lang: "en" } as const;
    const search = writeEmbed(wanted);
    expect(search).toContain("panels=charts,ledger");
    expect(readEmbed(search)).toEqual({ ...USUAL, ...wanted });
  });
});
