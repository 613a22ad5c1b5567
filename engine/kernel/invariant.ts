/** A bug of ours, never of the person's input: what was believed, and the facts at hand. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(message: string, facts: Readonly<Record<string, unknown>> = {}) {
    const told = Object.entries(facts).map(([name, value]) => `${name} = ${String(value)}`);
    super(told.length === 0 ? message : `${message} (${told.join(", ")})`);
    this.facts = facts;
  }
}

/** Off the hot path only: the facts are made on every call. */
export function invariant(holds: boolean, message: string, facts?: Readonly<Record<string, unknown>>): asserts holds {
  if (!holds) throw new InvariantError(message, facts);
}
