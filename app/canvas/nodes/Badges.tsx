import { fetched } from "../../fetched.tsx";
import { useRun } from "../../store/run.ts";
import { useText } from "../../text/index.ts";
import styles from "./Face.module.css";

const BadgeIcon = fetched(
  () => import("./BadgeIcon.tsx"),
  () => <span style={{ width: 11 }} />,
);

/** States that get the warning colour besides their word. */
export const BAD: ReadonlySet<string> = new Set([
  "blocked",
  "denied",
  "crashed",
  "hanging",
  "refused",
  "not-assigned",
  "down",
  "away",
  "no-group",
  "alarm",
  "firing",
  "offline",
  "faulty",
  "slow-disk",
  "disk-full",
  "no-leader",
  "cut",
  "lossy",
  "down-1",
  "down-2",
  "down-3",
  "down-4",
  "down-5",
]);
const NONE: readonly string[] = [];

/** States that differ from normal: always a picture and a word, never a colour alone. */
export function Badges({ id }: { id: string }) {
  const { find } = useText();
  const badges = useRun((s) => s.badges[id] ?? NONE);
  if (badges.length === 0) return null;
  return (
    <ul className={styles.badges}>
      {badges.map((badge) => (
        <li key={badge} className={styles.badge} data-bad={BAD.has(badge) || undefined}>
          <BadgeIcon badge={badge} />
          {find(`canvas.badges.${badge}`) ?? badge}
        </li>
      ))}
    </ul>
  );
}
