import { TriangleAlert } from "lucide-react";
import { LINK_LENGTH_MAX } from "../../share/link.ts";
import { useText } from "../../text/index.ts";
import styles from "./Dialogs.module.css";

/** Some chats cut longer ones. */
export const LONG = 2000;
/** Hardly anything carries longer ones. */
export const VERY_LONG = 8000;

export type Advice = "fits" | "long" | "veryLong" | "tooLong";

/** @param fragment length of the fragment, which is what the reader of a link counts @param whole length of the whole address */
export const adviceFor = (fragment: number, whole: number): Advice =>
  fragment > LINK_LENGTH_MAX ? "tooLong" : whole > VERY_LONG ? "veryLong" : whole > LONG ? "long" : "fits";

/** What a link's length means for whoever sends it; nothing when it fits everywhere. */
export function LengthAdvice({ fragment, address }: { fragment: string; address: string }) {
  const { t, format } = useText();
  const advice = adviceFor(fragment.length, address.length);
  if (advice === "fits") return null;
  return (
    <p className={styles.warn}>
      <TriangleAlert size={16} aria-hidden />
      {t(`dialogs.share.${advice}`, { n: format.number(fragment.length), max: format.number(LINK_LENGTH_MAX) })}
    </p>
  );
}
