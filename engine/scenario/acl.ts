/** A user of a Redis server, as a line of its ACL file: a name, then rules (`web ~orders* +@all`). */
export interface AclUser {
  readonly name: string;
  readonly rules: readonly string[];
}

const WORDS = /^(on|off|nopass|resetpass|allkeys|resetkeys|allchannels|resetchannels|allcommands|nocommands|reset)$/i;
/** A password, keys, keys to read or write, channels, a command or a category of them. */
const RULES = /^([<>].+|~.*|%(r|w|rw|wr)~.*|&.*|[+-](@[a-z]+|[a-z]+(\|[a-z]+)?))$/i;

/** @returns null for a line without a name */
export function aclUser(line: string): AclUser | null {
  const words = line.split(/\s+/).filter((word) => word !== "");
  // As the file writes it; a user may have that name as well, but then it needs no rules.
  if (words[0] === "user" && words.length > 1) words.splice(0, 1);
  const [name, ...rules] = words;
  return name === undefined ? null : { name, rules };
}

/** @returns the first word of the line that no rule can be, null when all can */
export function aclFault(line: string): string | null {
  const user = aclUser(line);
  if (user === null) return line;
  return user.rules.find((rule) => !WORDS.test(rule) && !RULES.test(rule)) ?? null;
}
