import { parseAst } from "rolldown/parseAst";

/** A node of the syntax tree, as loosely as the rules need it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A source file of the repository. `path` is relative to its root, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: SyntaxNode;
}

/** Where a rule is broken, and by what. */
export interface Finding {
  readonly offset: number;
  readonly found: string;
}

/** A house rule. `reason` says what goes wrong without it, `remedy` what to write instead. */
export interface Rule<Input = Source> {
  readonly name: string;
  readonly reason: string;
  readonly remedy: string;
  /** The findings in one file, none where the rule does not apply to it. */
  check(input: Input): Finding[];
}

/** @throws {SyntaxError} when `text` is not TypeScript; the compiler says it better */
export function parseSource(path: string, text: string): Source {
  const lang = path.endsWith(".tsx") ? "tsx" : "ts";
  return { path, text, program: parseAst(text, { lang, astType: "ts" }, path) as unknown as SyntaxNode };
}

export const isTest = (path: string): boolean => /\.(test|spec)\.tsx?$/.test(path) || path.startsWith("e2e/");

/** One line per finding: place, rule, what was found, why it matters, what to do. */
export function explain<Input extends { path: string; text: string }>(rule: Rule<Input>, input: Input): string[] {
  return rule.check(input).map(({ offset, found }) => {
    const line = input.text.slice(0, offset).split("\n").length;
    return `${input.path}:${line}: ${rule.name}: ${found}. Why: ${rule.reason} Instead: ${rule.remedy}`;
  });
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

/** Visits every node, parents first, with its parent and the field of the parent that it stands in. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | undefined, field: string) => void,
  parent?: SyntaxNode,
  field = "",
): void {
  visit(node, parent, field);
  for (const [name, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, node, name);
    }
  }
}

/** The names that a binding pattern declares: `{ a, b: [c = 1], ...d }` declares a, c and d. */
function namesOf(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name as string];
    case "ObjectPattern":
      return (pattern.properties as SyntaxNode[]).flatMap((property) => namesOf(property.value ?? property.argument));
    case "ArrayPattern":
      return (pattern.elements as unknown[]).flatMap(namesOf);
    case "AssignmentPattern":
      return namesOf(pattern.left);
    case "RestElement":
      return namesOf(pattern.argument);
    case "TSParameterProperty":
      return namesOf(pattern.parameter);
    default:
      return [];
  }
}

/** Every name the file declares anywhere. A rule about globals leaves these alone, in whatever scope they stand. */
export function declaredNames(program: SyntaxNode): Set<string> {
  const names = new Set<string>();
  const declare = (pattern: unknown) => {
    for (const name of namesOf(pattern)) names.add(name);
  };
  walk(program, (node) => {
    if (Array.isArray(node.params)) node.params.forEach(declare);
    if (node.type === "CatchClause") declare(node.param);
    if (/^(VariableDeclarator|Function|Class|TSTypeAlias|TSInterface)/.test(node.type)) declare(node.id);
    if (/^Import\w*Specifier$/.test(node.type)) declare(node.local);
  });
  return names;
}

/** Whether an identifier stands for a value or type by that name, and is not merely a property's or label's name. */
export function isReference(parent: SyntaxNode | undefined, field: string): boolean {
  if (!parent) return true;
  const isName = field === "property" || field === "key" || field === "right";
  if (isName && parent.type === "TSQualifiedName") return false;
  if (field === "right") return true;
  if (isName) return parent.computed === true || parent.shorthand === true;
  return !["imported", "exported", "label", "meta"].includes(field);
}

/** The modules a file names, whether by import, export from, import(), or an imported type. */
export function importedModules(program: SyntaxNode): { specifier: string; offset: number }[] {
  const modules: { specifier: string; offset: number }[] = [];
  walk(program, (node) => {
    if (
      !/^(ImportDeclaration|ExportNamedDeclaration|ExportAllDeclaration|ImportExpression|TSImportType)$/.test(node.type)
    ) {
      return;
    }
    const source = node.source;
    if (isNode(source) && typeof source.value === "string") {
      modules.push({ specifier: source.value, offset: source.start });
    }
  });
  return modules;
}
