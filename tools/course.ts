// Brings links and answers of docs/course.html up to date with the catalogue: node tools/run-ts.mjs tools/course.ts
import { readFileSync, writeFileSync } from "node:fs";
import { COURSE_FILE, renewed } from "./course-page.ts";

writeFileSync(COURSE_FILE, renewed(readFileSync(COURSE_FILE, "utf8")));
