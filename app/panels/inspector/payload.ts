import type { PeekedMessage } from "../../../engine/worker/protocol.ts";

/** Longer payloads are cut. */
const SHOWN = 160;
/** Bytes of noise that are shown. */
const NOISE = 20;

/**
 * What stands in a message, as somebody reads it: what a person wrote, or what its producer writes in its format. The simulator has no contents; these say what it knows of the message.
 * @param format of the producer; what is not text is shown with its bytes, as a terminal would
 */
export function payloadText(
  { message, key, routingKey, payload }: Pick<PeekedMessage, "message" | "key" | "routingKey" | "payload">,
  format: string,
): string {
  if (payload !== null) return payload.length > SHOWN ? `${payload.slice(0, SHOWN)}…` : payload;
  const facts = Object.entries({ id: message, key, for: routingKey }).filter(([, value]) => value !== "");
  switch (format) {
    case "xml":
      return `<message>${facts.map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`).join("")}</message>`;
    case "protobuf":
      // Field numbers and lengths are bytes; texts stand between them for everybody to read.
      return facts
        .map(([, value], i) =>
          typeof value === "number"
            ? `\\x${hex(8 * (i + 1))}${varint(value)}`
            : `\\x${hex(8 * (i + 1) + 2)}\\x${hex(value.length)}${value}`,
        )
        .join("");
    default:
      return JSON.stringify(Object.fromEntries(facts));
  }
}

/** What a wiretap has of an encrypted message: bytes that say nothing, always the same for the same message. */
export function noiseOf(message: number): string {
  let state = (message + 1) * 0x9e3779b1;
  const bytes: string[] = [];
  for (let i = 0; i < NOISE; i++) {
    // xorshift: looks like chance, and is not.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.push(hex(state & 255));
  }
  return `${bytes.join(" ")} …`;
}

const hex = (byte: number): string => (byte & 255).toString(16).padStart(2, "0");

function varint(value: number): string {
  let text = "";
  let rest = value;
  do {
    const more = rest > 127;
    text += `\\x${hex((rest % 128) + (more ? 128 : 0))}`;
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return text;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
