import {
  andPart,
  constantPart,
  equalPart,
  inPart,
  negatedPart,
  notPart,
  orderPart,
  orPart,
  propertyPart,
  type SqlPart,
  textPart,
  truthOf,
} from "./sql-condition.ts";
import { SqlLexer, SqlSyntaxError, type Token, type TokenKind } from "./sql-lexer.ts";
import { compareValues, SqlEvaluationError, wholeNumber } from "./sql-values.ts";

const ORDERS: Partial<Record<TokenKind, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

const TEXTS: Partial<Record<TokenKind, (text: string, wanted: string) => boolean>> = {
  CONTAINS: (text, wanted) => text.includes(wanted),
  STARTSWITH: (text, wanted) => text.startsWith(wanted),
  ENDSWITH: (text, wanted) => text.endsWith(wanted),
};

/**
 * Reads a SQL92 condition as the broker does: OR, AND, equality, comparison, sign. Two things surprise: NOT stands with the signs, so `NOT a = 1` compares
 * the contrary of `a` with 1; and what follows a whole condition is passed over (rocketmq/filter-sql/not, rocketmq/filter-sql/rest).
 * @throws SqlSyntaxError
 */
export const parseSql = (sql: string): SqlPart => new SqlParser(sql).condition();

class SqlParser {
  private readonly lexer: SqlLexer;
  private readonly ahead: Token[] = [];

  constructor(sql: string) {
    this.lexer = new SqlLexer(sql);
  }

  condition(): SqlPart {
    const part = this.or();
    // The broker asks for the kind of the next token before it stops; a letter that begins nothing is an error even there.
    this.peek();
    return asCondition(part);
  }

  private or(): SqlPart {
    let left = this.and();
    while (this.take("OR")) left = orPart(asCondition(left), asCondition(this.and()));
    return left;
  }

  private and(): SqlPart {
    let left = this.equality();
    while (this.take("AND")) left = andPart(asCondition(left), asCondition(this.equality()));
    return left;
  }

  private equality(): SqlPart {
    let left = this.comparison();
    while (true) {
      if (this.take("=")) left = equality(left, this.comparison());
      else if (this.take("<>")) left = notPart(equality(left, this.comparison()));
      else if (this.take("IS")) {
        const isNegated = this.take("NOT");
        this.expect("NULL");
        const isNull = equalPart(left, constantPart(null));
        left = isNegated ? notPart(isNull) : isNull;
      } else return left;
    }
  }

  private comparison(): SqlPart {
    let left = this.unary();
    while (true) {
      const kind = this.peek().kind;
      const accepts = ORDERS[kind];
      if (accepts !== undefined) {
        this.advance();
        left = order(left, this.unary(), accepts);
        continue;
      }
      const isNegated = this.take("NOT");
      const next = this.peek().kind;
      if (next === "BETWEEN") left = this.between(left, isNegated);
      else if (next === "IN") left = this.in(left, isNegated);
      else if (TEXTS[next] !== undefined) left = this.text(left, isNegated);
      else if (isNegated) throw new SqlSyntaxError("NOT before what cannot be negated");
      else return left;
    }
  }

  private between(left: SqlPart, isNegated: boolean): SqlPart {
    this.advance();
    const low = this.unary();
    this.expect("AND");
    const high = this.unary();
    if (isNegated)
      return orPart(
        order(left, low, (o) => o < 0),
        order(left, high, (o) => o > 0),
      );
    checkEnds(low, high);
    return andPart(
      order(left, low, (o) => o >= 0),
      order(left, high, (o) => o <= 0),
    );
  }

  private in(left: SqlPart, isNegated: boolean): SqlPart {
    this.advance();
    this.expect("(");
    const texts = [this.expect("text").text];
    while (this.take(",")) texts.push(this.expect("text").text);
    this.expect(")");
    if (left.kind !== "property") throw new SqlSyntaxError("IN asks for a property");
    return inPart(left, texts, isNegated);
  }

  private text(left: SqlPart, isNegated: boolean): SqlPart {
    const accepts = TEXTS[this.advance().kind] as (text: string, wanted: string) => boolean;
    const wanted = this.expect("text").text;
    return textPart(left, (text) => accepts(text, wanted) !== isNegated);
  }

  private unary(): SqlPart {
    if (this.take("+")) return this.unary();
    if (this.take("-")) return negatedPart(this.unary());
    if (this.take("NOT")) return notPart(asCondition(this.unary()));
    return this.primary();
  }

  private primary(): SqlPart {
    const { kind, text } = this.advance();
    switch (kind) {
      case "text":
        return constantPart(text);
      case "whole":
        return constantPart(wholeConstant(text));
      case "double":
        return constantPart(doubleConstant(text));
      case "TRUE":
        return constantPart(true);
      case "FALSE":
        return constantPart(false);
      case "NULL":
        return constantPart(null);
      case "name":
        return propertyPart(text);
      case "(": {
        const inner = this.or();
        this.expect(")");
        return inner;
      }
      default:
        throw new SqlSyntaxError(`no value begins with ${text === "" ? "the end" : text}`);
    }
  }

  private peek(): Token {
    if (this.ahead.length === 0) this.ahead.push(this.lexer.next());
    return this.ahead[0] as Token;
  }

  private advance(): Token {
    return this.ahead.pop() ?? this.lexer.next();
  }

  private take(kind: TokenKind): boolean {
    if (this.peek().kind !== kind) return false;
    this.advance();
    return true;
  }

  private expect(kind: TokenKind): Token {
    const token = this.advance();
    if (token.kind !== kind) throw new SqlSyntaxError(`${kind} is missing before ${token.text}`);
    return token;
  }
}

function asCondition(part: SqlPart): SqlPart {
  if (part.kind === "condition" || part.kind === "truth constant") return part;
  if (part.kind === "property") return truthOf(part);
  throw new SqlSyntaxError("a value is no condition");
}

function wholeConstant(digits: string) {
  const value = wholeNumber(digits);
  if (value === null) throw new SqlSyntaxError(`${digits} does not fit into 64 bits`);
  return value;
}

/** The broker takes no Double that is not above 0, nor one beyond the largest; a sign is a part of its own. */
function doubleConstant(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < Number.MIN_VALUE)
    throw new SqlSyntaxError(`${text} is too small or too large`);
  return value;
}

function equality(left: SqlPart, right: SqlPart): SqlPart {
  for (const part of [left, right]) {
    if (part.kind === "truth constant" && part.constant === null) throw new SqlSyntaxError("NULL has no equal");
  }
  if (left.kind === "truth constant" && right.kind === "constant")
    throw new SqlSyntaxError("a truth has no equal but a truth");
  return equalPart(left, right);
}

function order(left: SqlPart, right: SqlPart, accepts: (order: number) => boolean): SqlPart {
  for (const { kind, constant } of [left, right]) {
    const isText = kind === "constant" && typeof constant === "string";
    if (isText || kind === "truth constant" || kind === "condition")
      throw new SqlSyntaxError("only numbers have an order");
  }
  return orderPart(left, right, accepts);
}

/** The ends of BETWEEN, if both are constants: neither may be NULL, and not the higher one first. */
function checkEnds(low: SqlPart, high: SqlPart): void {
  if (low.constant === undefined || high.constant === undefined) return;
  if (low.constant === null || high.constant === null) throw new SqlSyntaxError("BETWEEN with NULL");
  try {
    if (compareValues(high.constant, low.constant) < 0) throw new SqlSyntaxError("BETWEEN with its ends reversed");
  } catch (error) {
    throw error instanceof SqlEvaluationError ? new SqlSyntaxError(error.message) : error;
  }
}
