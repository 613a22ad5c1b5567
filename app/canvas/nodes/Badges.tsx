import {
  Ban,
  BellRing,
  CirclePause,
  Ghost,
  Hourglass,
  Moon,
  OctagonX,
  PackageOpen,
  PowerOff,
  Siren,
  Unplug,
} from "lucide-react";
import { useRun } from "../../store/run.ts";
import { useText } from "../../text/index.ts";
import styles from "./Face.module.css";

const ICONS: Record<string, typeof Ban> = {
  blocked: Ban,
  denied: Ban,
  refused: Ban,
  crashed: OctagonX,
  hanging: OctagonX,
  down: PowerOff,
  away: Ghost,
  alarm: Siren,
  firing: BellRing,
  "not-assigned": Unplug,
  idle: Moon,
  paused: CirclePause,
  buffering: PackageOpen,
};
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
  "alarm",
  "firing",
]);
const NONE: readonly string[] = [];

/** States that differ from normal: always a picture and a word, never a colour alone. */
export function Badges({ id }: { id: string }) {
  const { find } = useText();
  const badges = useRun((s) => s.badges[id] ?? NONE);
  if (badges.length === 0) return null;
  return (
    <ul className={styles.badges}>
      {badges.map((badge) => {
        const Icon = ICONS[badge] ?? Hourglass;
        return (
          <li key={badge} className={styles.badge} data-bad={BAD.has(badge) || undefined}>
            <Icon size={11} aria-hidden />
            {find(`canvas.badges.${badge}`) ?? badge}
          </li>
        );
      })}
    </ul>
  );
}
