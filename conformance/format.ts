/** A recorded step: an operation and its own fields. */
export type Step = { readonly op: string } & { readonly [field: string]: unknown };
/** What a client saw. */
export type CaseEvent = { readonly event: string } & { readonly [field: string]: unknown };
/** Queue (list, topic …) → message ids in order. */
export type Final = { readonly [name: string]: unknown };

/** One recorded case; FORMAT.md says what the fields mean. */
export interface RecordedCase {
  readonly id: string;
  readonly about?: string;
  readonly nodes?: number;
  readonly steps: readonly Step[];
  readonly observed: readonly (readonly CaseEvent[])[];
  readonly final: Final;
}

export interface CaseFile {
  readonly system: string;
  readonly cases: readonly RecordedCase[];
}

/** A case file, or a step in it, that cannot be understood. The message says what and where, for the person who wrote or fetched the file. */
export class CaseError extends Error {
  override name = "CaseError";
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @param text of a case file @throws CaseError naming the first thing that is not as FORMAT.md says */
export function readCaseFile(text: string): CaseFile {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new CaseError(`not JSON: ${(error as Error).message}`);
  }
  if (!isObject(file)) throw new CaseError("a case file is an object with system and cases");
  if (typeof file.system !== "string") throw new CaseError("system must be the name of a system");
  if (!Array.isArray(file.cases)) throw new CaseError("cases must be a list");
  file.cases.forEach(checkCase);
  return file as unknown as CaseFile;
}

function checkCase(value: unknown, index: number): void {
  const where = isObject(value) && typeof value.id === "string" ? value.id : `cases[${index}]`;
  if (!isObject(value) || typeof value.id !== "string") throw new CaseError(`${where}: a case needs an id`);
  const { steps, observed, final, nodes } = value;
  if (!Array.isArray(steps) || !steps.every((step) => isObject(step) && typeof step.op === "string")) {
    throw new CaseError(`${where}: steps must be a list of objects with an op`);
  }
  if (!Array.isArray(observed) || !observed.every((events) => Array.isArray(events) && events.every(isObject))) {
    throw new CaseError(`${where}: observed must be a list of lists of events`);
  }
  if (observed.length !== steps.length) {
    throw new CaseError(`${where}: observed has ${observed.length} lists for ${steps.length} steps`);
  }
  if (!isObject(final)) throw new CaseError(`${where}: final must be an object`);
  if (nodes !== undefined && !(Number.isInteger(nodes) && (nodes as number) > 0)) {
    throw new CaseError(`${where}: nodes must be a whole number above 0`);
  }
}

/** Fields of a step, with the wire's defaults. @throws CaseError when a field has another type */
export class StepReader {
  readonly step: Step;

  constructor(step: Step) {
    this.step = step;
  }

  text(field: string, fallback?: string): string {
    const value = this.step[field] ?? fallback;
    if (typeof value !== "string") throw this.wrong(field, "text");
    return value;
  }

  optionalText(field: string): string | undefined {
    return this.step[field] === undefined ? undefined : this.text(field);
  }

  flag(field: string, fallback = false): boolean {
    const value = this.step[field] ?? fallback;
    if (typeof value !== "boolean") throw this.wrong(field, "true or false");
    return value;
  }

  number(field: string, fallback?: number): number {
    const value = this.step[field] ?? fallback;
    if (typeof value !== "number" || !Number.isFinite(value)) throw this.wrong(field, "a number");
    return value;
  }

  table(field: string): Record<string, unknown> {
    const value = this.step[field] ?? {};
    if (!isObject(value)) throw this.wrong(field, "an object");
    return value;
  }

  private wrong(field: string, wanted: string): CaseError {
    const value = this.step[field];
    const got = value === undefined ? "it is missing" : `it is ${JSON.stringify(value)}`;
    return new CaseError(`${this.step.op}: ${field} must be ${wanted}; ${got}`);
  }
}
