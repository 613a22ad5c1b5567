import {
  Ban,
  BellRing,
  CirclePause,
  CircleX,
  CloudRainWind,
  Crown,
  Ear,
  Gauge,
  Ghost,
  HardDrive,
  Hourglass,
  Layers,
  Lock,
  Minimize2,
  Moon,
  OctagonX,
  PackageOpen,
  PowerOff,
  Scissors,
  Server,
  Siren,
  Turtle,
  Unplug,
} from "lucide-react";

const ICONS: Record<string, typeof Ban> = {
  blocked: Ban,
  denied: Ban,
  refused: Ban,
  crashed: OctagonX,
  hanging: OctagonX,
  down: PowerOff,
  away: Ghost,
  "no-group": Ghost,
  alarm: Siren,
  firing: BellRing,
  "not-assigned": Unplug,
  idle: Moon,
  paused: CirclePause,
  buffering: PackageOpen,
  slowed: Gauge,
  "other-rate": Gauge,
  scaled: Layers,
  "scaled-1": Layers,
  faulty: CircleX,
  "slow-disk": HardDrive,
  "disk-full": HardDrive,
  "no-leader": OctagonX,
  cut: Scissors,
  lossy: CloudRainWind,
  delayed: Turtle,
  narrow: Minimize2,
  tapped: Ear,
  encrypted: Lock,
};
/** States of a node of a cluster: with its number. */
const NUMBERED: Record<string, typeof Ban> = { down: PowerOff, leader: Crown, home: Server };
const iconOf = (badge: string) => ICONS[badge] ?? NUMBERED[badge.replace(/-\d$/, "")] ?? Hourglass;

/** The picture of a state. Apart from the badges, because a drawing that has not run shows few of them. */
export default function BadgeIcon({ badge }: { badge: string }) {
  const Icon = iconOf(badge);
  return <Icon size={11} aria-hidden />;
}
