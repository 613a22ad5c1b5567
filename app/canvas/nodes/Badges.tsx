import {
  Ban,
  BellRing,
  CirclePause,
  CircleX,
  CloudRainWind,
  Crown,
  Gauge,
  Ghost,
  HardDrive,
  Hourglass,
  Minimize2,
  Moon,
  OctagonX,
  PackageOpen,
  PowerOff,
  Scissors,
  Siren,
  Turtle,
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
  slowed: Gauge,
  "other-rate": Gauge,
  faulty: CircleX,
  "slow-disk": HardDrive,
  "no-leader": Crown,
  cut: Scissors,
  lossy: CloudRainWind,
  delayed: Turtle,
  narrow: Minimize2,
};
const iconOf = (badge: string) => ICONS[badge] ?? (badge.startsWith("down-") ? PowerOff : Hourglass);
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
  "offline",
  "faulty",
  "slow-disk",
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
      {badges.map((badge) => {
        const Icon = iconOf(badge);
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
