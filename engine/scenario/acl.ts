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

/** Kafka's: a password, and topics to read, to write or both: by name, prefix (`orders*`) or all (`*`). */
const TOPIC_RULES = /^(>.+|(read|write|all):.+)$/;

/** @returns the first word of the line that no rule can be, null when all can */
export function aclFault(line: string, isKafka = false): string | null {
  const user = aclUser(line);
  if (user === null) return line;
  const isRule = (rule: string) => (isKafka ? TOPIC_RULES.test(rule) : WORDS.test(rule) || RULES.test(rule));
  return user.rules.find((rule) => !isRule(rule)) ?? null;
}

/** The last password that rules give, "" = none. */
export function passwordOf(rules: readonly string[]): string {
  const given = rules.filter((rule) => rule.startsWith(">")).at(-1);
  return given === undefined || rules.includes("nopass") ? "" : given.slice(1);
}

/** Whether Kafka's rules let somebody read or write a topic. */
export function mayUseTopic(rules: readonly string[], right: "read" | "write", topic: string): boolean {
  return rules.some((rule) => {
    const [what, pattern = ""] = rule.split(":");
    if (what !== right && what !== "all") return false;
    return pattern.endsWith("*") ? topic.startsWith(pattern.slice(0, -1)) : topic === pattern;
  });
}
