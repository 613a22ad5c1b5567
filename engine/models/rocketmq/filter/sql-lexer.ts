/** A condition that cannot be read: the broker refuses it. */
export class SqlSyntaxError extends Error {
  override name = "SqlSyntaxError";
}

const WORDS = [
  "NOT",
  "AND",
  "OR",
  "BETWEEN",
  "IN",
  "TRUE",
  "FALSE",
  "NULL",
  "IS",
  "CONTAINS",
  "STARTSWITH",
  "ENDSWITH",
] as const;

/** What a token is: a word of the language, a sign, or one of the kinds with a text of their own. */
export type TokenKind =
  | (typeof WORDS)[number]
  | "="
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "("
  | ")"
  | ","
  | "+"
  | "-"
  | "text"
  | "whole"
  | "double"
  | "name"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  /** As it is written; of a text what it says. */
  readonly text: string;
}

const BLANK = /(?:[ \t\n\r\f]|--[^\n\r]*(?:\r\n|[\n\r])|\/\*[^*]*\*(?:\*|[^*/][^*]*\*)*\/)*/y;
/** The longest of these wins; a number that begins with 0 ends there, so `05` is a 0 and a 5. */
const DOUBLE = /\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/y;
const WHOLE = /0|[1-9]\d*[lL]?/y;
const TEXT = /'(?:''|[^'])*'/y;
const NAME = /[a-zA-Z_$][\w$]*/y;
const SIGN = /<>|<=|>=|[=<>(),+-]/y;

/** Reads tokens one by one, only as far as it is asked to: what stands behind a whole condition is never looked at. */
export class SqlLexer {
  private readonly sql: string;
  private at = 0;

  constructor(sql: string) {
    this.sql = sql;
  }

  /** @throws SqlSyntaxError for a letter that begins nothing */
  next(): Token {
    this.match(BLANK);
    if (this.at >= this.sql.length) return { kind: "end", text: "" };
    const double = this.match(DOUBLE);
    if (double !== null) return { kind: "double", text: double };
    const whole = this.match(WHOLE);
    if (whole !== null) return { kind: "whole", text: whole.replace(/[lL]$/, "") };
    const text = this.match(TEXT);
    if (text !== null) return { kind: "text", text: text.slice(1, -1).replaceAll("''", "'") };
    const name = this.match(NAME);
    if (name !== null) return { kind: WORDS.find((word) => word === name.toUpperCase()) ?? "name", text: name };
    const sign = this.match(SIGN);
    if (sign !== null) return { kind: sign as TokenKind, text: sign };
    throw new SqlSyntaxError(`nothing begins with ${this.sql[this.at]} at ${this.at + 1}`);
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.sql);
    if (found === null) return null;
    this.at += found[0].length;
    return found[0];
  }
}
