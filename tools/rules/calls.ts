import {
  declaredNames,
  type Finding,
  isReference,
  isTest,
  type Rule,
  type Source,
  type SyntaxNode,
  walk,
} from "./source.ts";

const inEngine = ({ path }: Source): boolean => path.startsWith("engine/") && !isTest(path);
const inWorker = ({ path }: Source): boolean => path.startsWith("engine/worker/");

/** Calls `report` for every global name that the file refers to and does not declare itself. */
function eachGlobal(
  source: Source,
  report: (name: string, node: SyntaxNode, parent: SyntaxNode | undefined) => void,
): void {
  const declared = declaredNames(source.program);
  walk(source.program, (node, parent, field) => {
    if (node.type !== "Identifier" || !isReference(parent, field)) return;
    const name = node.name as string;
    if (!declared.has(name)) report(name, node, parent);
  });
}

/** What `Math` computes exactly, and therefore alike everywhere. `sqrt` is rounded correctly by every engine. */
const exactMath = new Set(
  (
    "abs ceil floor round trunc min max sign imul clz32 fround sqrt " + "PI E LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2"
  ).split(" "),
);

const isIntegerLiteral = (node: unknown): boolean => Number.isInteger((node as { value?: unknown }).value);

/** Two integer literals; or two to a power that its bitwise operator shows to be whole. Both are exact in every engine. */
function isExactPower({ left, right }: SyntaxNode): boolean {
  if (!isIntegerLiteral(left)) return false;
  if (isIntegerLiteral(right)) return true;
  const isTwo = (left as SyntaxNode).value === 2;
  return isTwo && /^(>>>?|<<|&|\||\^)$/.test(String((right as SyntaxNode).operator));
}

const sameRunMath: Rule = {
  name: "exact-arithmetic",
  reason:
    "The standard lets the last digit of these functions differ between browsers, and then the same seed gives another run.",
  remedy: "use engine/kernel/math.ts, which computes on plain arithmetic; write x * x for x ** 2.",
  check(source) {
    if (!inEngine(source)) return [];
    const findings: Finding[] = [];
    eachGlobal(source, (name, node, parent) => {
      if (name !== "Math") return;
      const isMember = parent?.type === "MemberExpression" && parent.computed === false && parent.object === node;
      const member = isMember ? ((parent.property as SyntaxNode).name as string) : undefined;
      if (member === undefined) findings.push({ offset: node.start, found: "Math as a value" });
      else if (member !== "random" && !exactMath.has(member))
        findings.push({ offset: node.start, found: `Math.${member}` });
    });
    walk(source.program, (node) => {
      if (node.operator === "**=") findings.push({ offset: node.start, found: "**=" });
      if (node.operator === "**" && !isExactPower(node)) {
        findings.push({ offset: node.start, found: "** on something else than two integer literals" });
      }
    });
    return findings;
  },
};

const sameRunChance: Rule = {
  name: "no-clock-no-chance",
  reason: "Time and chance are arguments: same scenario, seed and actions must give the same run.",
  remedy: "take meta.now and meta.random; in tests use a fixed seed and a fixed time.",
  check(source) {
    if (!source.path.startsWith("engine/")) return [];
    const findings: Finding[] = [];
    eachGlobal(source, (name, node, parent) => {
      const member = parent?.type === "MemberExpression" ? ((parent.property as SyntaxNode).name as string) : "";
      if (name === "Date") findings.push({ offset: node.start, found: "Date" });
      else if (name === "Math" && member === "random") findings.push({ offset: node.start, found: "Math.random" });
    });
    return findings;
  },
};

const worldGlobals = new Set(
  (
    "setTimeout setInterval clearTimeout clearInterval setImmediate queueMicrotask requestAnimationFrame performance " +
    "console process navigator window document self globalThis postMessage MessageChannel BroadcastChannel fetch crypto " +
    "structuredClone Intl WeakRef FinalizationRegistry"
  ).split(" "),
);
/** The worker is the engine's only contact with the outside: real time, messages. */
const workerGlobals = new Set(
  "setTimeout clearTimeout performance self postMessage MessageChannel queueMicrotask".split(" "),
);

const pureEngine: Rule = {
  name: "pure-engine",
  reason: "The engine runs alike in Node, in a worker and in tests, knows no host, and copies its own typed state.",
  remedy:
    "have the value or function handed in; real time and postMessage belong to engine/worker; state copies itself instead of structuredClone; an error is thrown or returned, not logged.",
  check(source) {
    if (!inEngine(source)) return [];
    const findings: Finding[] = [];
    eachGlobal(source, (name, node) => {
      if (!worldGlobals.has(name) || (inWorker(source) && workerGlobals.has(name))) return;
      findings.push({ offset: node.start, found: name });
    });
    return findings;
  },
};

const sameOrder: Rule = {
  name: "same-order-everywhere",
  reason:
    "Order and wording that follow the reader's locale, or integer-like keys, differ from one machine to the next.",
  remedy: "compare with < and > (code units), keep an array beside a map, and format numbers in app/.",
  check(source) {
    if (!inEngine(source)) return [];
    const findings: Finding[] = [];
    walk(source.program, (node) => {
      if (node.type === "ForInStatement") findings.push({ offset: node.start, found: "for … in" });
      if (node.type !== "MemberExpression" || node.computed === true) return;
      const name = (node.property as SyntaxNode).name as string;
      if (/^(localeCompare|toLocale\w*)$/.test(name)) findings.push({ offset: node.start, found: `.${name}` });
    });
    return findings;
  },
};

const noShift: Rule = {
  name: "no-array-shift",
  reason: "array.shift() moves the whole rest; on a backlog of a million messages a run stands still.",
  remedy: "use a ring of handles, or walk the array with an index.",
  check(source) {
    if (!inEngine(source)) return [];
    const findings: Finding[] = [];
    walk(source.program, (node) => {
      if (node.type !== "CallExpression") return;
      const callee = node.callee as SyntaxNode;
      if (callee.type !== "MemberExpression" || callee.computed === true) return;
      const name = (callee.property as SyntaxNode).name as string;
      if (name === "shift" || name === "unshift") findings.push({ offset: node.start, found: `.${name}(…)` });
    });
    return findings;
  },
};

const everyTestRuns: Rule = {
  name: "every-test-runs",
  reason: "A test that is left out, or that leaves the others out, guards nothing and looks as if it did.",
  remedy:
    "mend it or delete it; a recorded case that cannot pass yet goes to the list of known differences, with its reason.",
  check(source) {
    if (!isTest(source.path)) return [];
    const findings: Finding[] = [];
    walk(source.program, (node) => {
      if (node.type !== "MemberExpression" || node.computed === true) return;
      const name = (node.property as SyntaxNode).name as string;
      let root = node.object as SyntaxNode;
      while (root.type === "MemberExpression") root = root.object as SyntaxNode;
      const isTestFunction = root.type === "Identifier" && /^(it|test|describe|suite)$/.test(root.name as string);
      if (isTestFunction && /^(only|skip|skipIf|runIf|todo|fixme|fails|fail)$/.test(name)) {
        findings.push({ offset: node.start, found: `${root.name}.${name}` });
      }
    });
    return findings;
  },
};

export const callRules: readonly Rule[] = [sameRunMath, sameRunChance, pureEngine, sameOrder, noShift, everyTestRuns];
