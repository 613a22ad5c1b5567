/** Lessons: their shape, reading with refusals in words, what a step does to a drawing, and the judging of checks. Knows no run: whoever has one brings evidence. */

export {
  closeCurve,
  closeTo,
  graphTimes,
  isRight,
  measuredCurve,
  outcomeOption,
  type QuizAnswer,
} from "./answers.ts";
export { type AssignmentChoice, asAssignment, seedOfName, workOf } from "./assignment.ts";
export { splitPath, withChange, withSettings } from "./change.ts";
export {
  type Course,
  type Evidence,
  figuresOf,
  hasPassed,
  judgeAll,
  latestOf,
  measure,
  type Outcome,
  type Verdict,
} from "./checks.ts";
export { filled, type Piece, piecesOf, plainText } from "./markup.ts";
export { readLesson } from "./read.ts";
export { LESSON_CODES, type LessonCode, metricAt } from "./reading-place.ts";
export {
  hiddenIn,
  type Locked,
  lockedIn,
  mayChange,
  type Restrictions,
  restrictionsOf,
} from "./restrictions.ts";
export {
  markOf,
  type ReadResult,
  type Result,
  type ResultChange,
  type ResultStep,
  readResult,
  resultOf,
  type StepMark,
  type StepOutcome,
  writeResult,
} from "./result.ts";
export { type ResultCode, readCode } from "./result-code.ts";
export { stateAt } from "./state.ts";
export type * from "./types.ts";
