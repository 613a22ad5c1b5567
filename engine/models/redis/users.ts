import { CATEGORIES, commandNames, commandsIn, isCommandName } from "./command-names.ts";
import { matchesGlob } from "./glob.ts";
import { Refused, refuse } from "./replies.ts";

/** A pattern of keys, and whether it allows to read and to write. */
export interface KeyPattern {
  readonly pattern: string;
  readonly read: boolean;
  readonly write: boolean;
}

/** A user of the access control list. A new one is off and may do nothing. semantics/redis.md, Pub/Sub (ACL); conformance redis/access/*. */
export interface User {
  readonly name: string;
  isOn: boolean;
  needsNoPassword: boolean;
  passwords: string[];
  /** Names of commands, subcommands as `xgroup|create`. */
  commands: Set<string>;
  keys: KeyPattern[];
  channels: string[];
}

/** Who a connection is before AUTH. */
export const DEFAULT_USER = "default";

export const newUser = (name: string): User => ({
  name,
  isOn: false,
  needsNoPassword: false,
  passwords: [],
  commands: new Set(),
  keys: [],
  channels: [],
});

/** Who connections are without AUTH. @param password "" = needs none */
export const defaultUser = (password: string): User => ({
  name: DEFAULT_USER,
  isOn: true,
  needsNoPassword: password === "",
  passwords: password === "" ? [] : [password],
  commands: new Set(commandNames()),
  keys: [{ pattern: "*", read: true, write: true }],
  channels: ["*"],
});

/** Applies rules in turn. @throws Refused ERR for one that is none; the caller keeps the old user then */
export function applyRules(user: User, rules: readonly string[]): void {
  for (const rule of rules) applyRule(user, rule);
}

function applyRule(user: User, rule: string): void {
  const word = rule.toLowerCase();
  const rest = rule.slice(1);
  // An empty rule says nothing.
  if (word === "") return;
  if (word === "on" || word === "off") user.isOn = word === "on";
  else if (word === "nopass") {
    user.needsNoPassword = true;
    user.passwords = [];
  } else if (word === "resetpass") {
    user.needsNoPassword = false;
    user.passwords = [];
  } else if (word === "allkeys" || word === "~*") user.keys = [{ pattern: "*", read: true, write: true }];
  else if (word === "resetkeys") user.keys = [];
  else if (word === "allchannels" || word === "&*") user.channels = ["*"];
  else if (word === "resetchannels") user.channels = [];
  else if (word === "allcommands" || word === "+@all") user.commands = new Set(commandNames());
  else if (word === "nocommands" || word === "-@all") user.commands = new Set();
  else if (word === "reset") Object.assign(user, newUser(user.name));
  else if (word === "clearselectors" || word === "sanitize-payload" || word === "skip-sanitize-payload") return;
  else if (rule.startsWith(">")) addPassword(user, rest);
  else if (rule.startsWith("<")) removePassword(user, rest);
  else if (rule.startsWith("~")) addKeys(user, rest, true, true);
  else if (rule.startsWith("%")) keyRule(user, rule);
  else if (rule.startsWith("&")) addChannels(user, rest);
  else if (rule.startsWith("+") || rule.startsWith("-")) commandRule(user, word.slice(1), rule.startsWith("+"));
  else refuse();
}

function addPassword(user: User, password: string): void {
  user.needsNoPassword = false;
  if (!user.passwords.includes(password)) user.passwords.push(password);
}

function removePassword(user: User, password: string): void {
  if (!user.passwords.includes(password)) refuse();
  user.passwords = user.passwords.filter((one) => one !== password);
}

const hasAllKeys = (user: User): boolean =>
  user.keys.some(({ pattern, read, write }) => pattern === "*" && read && write);

function addKeys(user: User, pattern: string, read: boolean, write: boolean): void {
  // A pattern beside "all" would say nothing: Redis refuses it.
  if (hasAllKeys(user)) refuse();
  user.keys.push({ pattern, read, write });
}

/** `%R~pattern`, `%W~pattern`, `%RW~pattern`. */
function keyRule(user: User, rule: string): void {
  const match = /^%([RrWw]{1,2})~(.*)$/s.exec(rule);
  if (match === null) refuse();
  const [, rights = "", pattern = ""] = match ?? [];
  addKeys(user, pattern, /r/i.test(rights), /w/i.test(rights));
}

function addChannels(user: User, pattern: string): void {
  if (user.channels.includes("*")) refuse();
  if (!user.channels.includes(pattern)) user.channels.push(pattern);
}

/** `+name`, `+name|sub`, `+@category`, and the same with `-`. */
function commandRule(user: User, name: string, isAllowed: boolean): void {
  let names: readonly string[];
  if (name.startsWith("@")) {
    if (!CATEGORIES.includes(name.slice(1))) refuse();
    names = commandsIn(name.slice(1));
  } else {
    if (!isCommandName(name)) refuse();
    names = commandNames().filter((one) => one === name || one.startsWith(`${name}|`));
  }
  for (const one of names) {
    if (isAllowed) user.commands.add(one);
    else user.commands.delete(one);
  }
}

export const mayUseKey = (
  user: User,
  key: string,
  access: { readonly read: boolean; readonly write: boolean },
): boolean =>
  user.keys.some(
    ({ pattern, read, write }) =>
      (read || !access.read) && (write || !access.write) && (pattern === "*" || matchesGlob(pattern, key)),
  );

/** @param isPattern a pattern to subscribe to must be one of the user's own, to the letter */
export const mayUseChannel = (user: User, channel: string, isPattern: boolean): boolean =>
  user.channels.some((own) => own === "*" || (isPattern ? own === channel : matchesGlob(own, channel)));

/** All users of an ACL file; the default user is off when it is not among them. */
export function usersOf(
  list: readonly { readonly name: string; readonly rules: readonly string[] }[],
): Map<string, User> {
  const users = new Map<string, User>([["default", { ...defaultUser(""), isOn: false }]]);
  for (const { name, rules } of list) {
    const user = newUser(name);
    for (const rule of rules) {
      try {
        applyRules(user, [rule]);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    users.set(name, user);
  }
  return users;
}
