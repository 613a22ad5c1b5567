import { type AclUser, aclUser, mayUseTopic, passwordOf } from "../../scenario/acl.ts";
import { Door } from "../door.ts";

/** Who may come to a Kafka cluster, and what for: SASL/PLAIN and an authorizer that allows nothing without a rule. Where nobody is listed everybody may do everything. */
export class Access extends Door {
  private users: readonly AclUser[] = [];
  /** Users whose rules somebody took away for now. */
  private readonly revoked: Set<string> = new Set();
  /** Grows with each change, so that what was asked once need not be asked again. */
  version = 0;

  /** @returns whether anything is different now */
  list(lines: readonly string[]): boolean {
    const users = lines.flatMap((line) => aclUser(line) ?? []);
    if (JSON.stringify(users) === JSON.stringify(this.users)) return false;
    this.users = users;
    this.version++;
    return true;
  }

  knows(name: string): boolean {
    return this.users.some((user) => user.name === name);
  }

  /** @param password null = the client knows the right one @returns why not, null when it may come in */
  refusal(name: string, password: string | null): "sasl" | "credential" | null {
    if (this.users.length === 0) return null;
    const user = this.users.find((one) => one.name === name);
    if (user === undefined) return "sasl";
    if (this.expired.has(name)) return "credential";
    const own = passwordOf(user.rules);
    return password === null || own === "" || own === password ? null : "sasl";
  }

  /** semantics of AclAuthorizer: topics by name, by prefix (`orders*`) or all (`*`). */
  may(name: string, right: "read" | "write", topic: string): boolean {
    if (this.users.length === 0) return true;
    const user = this.users.find((one) => one.name === name);
    return user !== undefined && !this.revoked.has(name) && mayUseTopic(user.rules, right, topic);
  }

  /** @returns false when there is no such user */
  permit(name: string, on: boolean): boolean {
    if (!this.knows(name)) return false;
    if (on) this.revoked.delete(name);
    else this.revoked.add(name);
    this.version++;
    return true;
  }
}
