// Writes docs/fidelity.md anew: node tools/run-ts.mjs tools/fidelity.ts
import { writeFileSync } from "node:fs";
import { FIDELITY_FILE, fidelityPage } from "./fidelity-page.ts";

writeFileSync(FIDELITY_FILE, fidelityPage());
