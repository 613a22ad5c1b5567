import type { Scenario } from "../../engine/scenario/index.ts";

type Language = "en" | "zh";

const isText = (value: object): value is { en: string; zh: string } => {
  const keys = Object.keys(value);
  return (
    keys.length === 2 && "en" in value && "zh" in value && typeof value.en === "string" && typeof value.zh === "string"
  );
};

function only(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((one) => only(one, language));
  if (typeof value !== "object" || value === null) return value;
  // Twice the same packs to almost nothing, and whoever reads the other language still sees the text.
  if (isText(value)) return { en: value[language], zh: value[language] };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, only(one, language)]));
}

/** The document with the texts of one language in both places: its link is a good deal shorter. */
export const inOneLanguage = (scenario: Scenario, language: Language): Scenario => only(scenario, language) as Scenario;
