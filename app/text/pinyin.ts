import { INITIALS } from "./pinyin-initials.ts";

/** What each character's pinyin can begin with. */
const lettersOf = new Map<string, string>();
for (const [letter, signs] of Object.entries(INITIALS))
  for (const sign of signs) lettersOf.set(sign, (lettersOf.get(sign) ?? "") + letter);

/** What is passed over between two characters: people type `xfxf` for 削峰（削峰填谷）. */
const isBetween = (sign: string): boolean => /[\p{P}\p{Z}\p{S}]/u.test(sign);

/** @returns whether the sign, Chinese or not, begins with this letter */
const begins = (sign: string, letter: string): boolean =>
  sign.toLowerCase() === letter || (lettersOf.get(sign)?.includes(letter) ?? false);

/**
 * Whether a text holds a word whose characters' pinyin begins with these letters, as an input method takes them: `sx` finds 死信. Latin letters stand for themselves.
 * @param query letters and digits; with anything else, or a single letter, nothing is found
 */
export function hasInitials(text: string, query: string): boolean {
  const letters = query.trim().toLowerCase();
  if (!/^[a-z0-9]{2,}$/.test(letters)) return false;
  const signs = [...text].filter((sign) => !isBetween(sign));
  return signs.some(
    (sign, at) =>
      // A word of Latin letters alone is a matter of ordinary search.
      lettersOf.has(sign) && [...letters].every((letter, i) => begins(signs[at + i] ?? "", letter)),
  );
}

/** Whether a character has a reading in the table. */
export const isRead = (sign: string): boolean => lettersOf.has(sign);
