import { zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import { helloQueue, type Scenario } from "../../engine/scenario/index.ts";
import { decodeLink, encodeLink, INFLATED_BYTES_MAX, LINK_LENGTH_MAX } from "./link.ts";
import { LINK_PREFIX } from "./link-form.ts";

const code = (link: string) => {
  const decoded = decodeLink(link);
  return decoded.ok ? "ok" : decoded.code;
};

/** A link around bytes of one's own, with a true head. */
function wrapped(text: string, claimed?: number): string {
  const packed = zlibSync(new TextEncoder().encode(text), { level: 9 });
  const length = claimed ?? packed.length;
  const bytes = Uint8Array.of(length >> 16, length >> 8, length, ...packed);
  return (
    LINK_PREFIX +
    btoa(String.fromCharCode(...bytes))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "")
  );
}

describe("a share link", () => {
  it("brings the same document back, Chinese names included", () => {
    const scenario: Scenario = helloQueue();
    const named = { ...scenario, nodes: scenario.nodes.map((n, i) => ({ ...n, name: `队列-${i}` })) };
    const decoded = decodeLink(encodeLink(named));
    expect(decoded).toMatchObject({ ok: true, issues: [] });
    expect(decoded.ok && decoded.scenario).toEqual(named);
  });

  it("opens from a whole address and with blanks around it", () => {
    expect(code(` https://example.org/weir/?lang=zh${encodeLink(helloQueue())} `)).toBe("ok");
  });

  it("says of every cut that it is incomplete, and how much is there", () => {
    const link = encodeLink(helloQueue());
    for (let length = LINK_PREFIX.length + 4; length < link.length; length++) {
      expect(decodeLink(link.slice(0, length))).toMatchObject({
        code: "incomplete",
        facts: { got: length, wanted: link.length },
      });
    }
  });

  it("notices every changed character", () => {
    const link = encodeLink(helloQueue());
    for (let at = LINK_PREFIX.length + 4; at < link.length - 1; at++) {
      const other = link[at] === "A" ? "B" : "A";
      expect(code(link.slice(0, at) + other + link.slice(at + 1))).not.toBe("ok");
    }
  });

  it("has a different answer for each kind of bad link", () => {
    expect(code("#somewhere")).toBe("none");
    expect(code("#s2=AAAA")).toBe("tooNew");
    expect(code(LINK_PREFIX + "A".repeat(LINK_LENGTH_MAX))).toBe("tooLong");
    expect(code(`${LINK_PREFIX}!!!!`)).toBe("corrupt");
    expect(code(wrapped("not json"))).toBe("corrupt");
    expect(code(wrapped("[]"))).not.toBe("ok");
  });

  it("stops a bomb before it unpacks", () => {
    const bomb = wrapped(" ".repeat(INFLATED_BYTES_MAX * 10));
    expect(bomb.length).toBeLessThan(LINK_LENGTH_MAX);
    expect(code(bomb)).toBe("tooBig");
  });

  it("never throws, whatever it is given", () => {
    let state = 7;
    const random = (n: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state % n;
    };
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=#% {}";
    for (let i = 0; i < 3000; i++) {
      const text = Array.from({ length: random(200) }, () => alphabet[random(alphabet.length)]).join("");
      expect(typeof decodeLink(LINK_PREFIX + text).ok).toBe("boolean");
    }
  });
});
