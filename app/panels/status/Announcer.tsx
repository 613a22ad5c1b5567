import { useEffect, useRef } from "react";
import { metric } from "../../bridge/index.ts";
import { register } from "../../commands/registry.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import { words } from "../../text/index.ts";
import { nameOf } from "../dock/events/EventSentence.tsx";
import { sentence } from "../dock/events/sentence.ts";
import { type Moment, mostTelling, type Spoken } from "./announce.ts";
import { fullSummary } from "./full-summary.ts";
import { say } from "./say.ts";

function momentNow(): Moment {
  const { nodes } = useDocument.getState().scenario;
  const known = (value: number) => (Number.isNaN(value) ? 0 : value);
  const depths = nodes
    .filter((node) => node.kind === "queue" || node.kind === "list")
    .map((node): [string, number] => [node.id, known(metric(node.id, "depth"))]);
  return {
    depths: Object.fromEntries(depths),
    badges: useRun.getState().badges,
    lost: known(metric("system", "lost")),
    discarded: known(metric("system", "discarded")),
  };
}

function inWords({ key, node, facts }: Spoken): string {
  const { t, find } = words();
  const name = node === undefined ? "" : (nameOf(node) ?? node);
  const state = typeof facts.state === "string" ? (find(`canvas.badges.${facts.state}`) ?? facts.state) : "";
  return t(`panels.spoken.${key}`, { ...facts, name, state });
}

const START: Moment = { depths: {}, badges: {}, lost: 0, discarded: 0 };

/** Says what changes to people who cannot see it: at most one sentence in the interval they chose, and only when there is something to say. */
export function Announcer() {
  const status = useRun((s) => s.status);
  const runId = useRun((s) => s.runId);
  const stepped = useRun((s) => s.stepped);
  const acted = useRun((s) => s.acted);
  const every = useView((s) => s.announceEvery);
  const before = useRef<Moment>(START);
  const was = useRef(status);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run begins from nothing
  useEffect(() => {
    before.current = START;
  }, [runId]);
  useEffect(() => {
    if (every === 0 || status !== "running") return;
    const timer = setInterval(() => {
      const now = momentNow();
      const found = mostTelling(before.current, now);
      if (found === null) return;
      before.current = now;
      say(inWords(found));
    }, every * 1000);
    return () => clearInterval(timer);
  }, [every, status]);
  useEffect(() => {
    const old = was.current;
    was.current = status;
    if (old === status) return;
    const { t, format } = words();
    if (status === "running") say(t("panels.spoken.running"));
    else if (status === "refused" || status === "fault") say(t(`panels.spoken.${status}`));
    else if (status === "paused" && useRun.getState().reason !== "step")
      say(t("panels.spoken.paused", { time: format.clock(useRun.getState().time) }));
  }, [status]);
  useEffect(
    () =>
      register({
        id: "help.speak",
        group: "help",
        title: "panels.spoken.command",
        keys: ["Alt+Shift+S"],
        inText: true,
        anywhere: true,
        perform: () => say(fullSummary()),
      }),
    [],
  );
  useEffect(() => {
    if (acted === null) return;
    const now = words();
    const operation = now.find(`operations.do.${acted.do}`) ?? acted.do;
    const target =
      acted.target === "system" ? now.t("panels.dock.timeline.network") : (nameOf(acted.target) ?? acted.target);
    const facts = { operation, target };
    if (acted.done) say(now.t("panels.dock.timeline.done", facts));
    else useView.getState().notify({ tone: "warning", key: "panels.dock.timeline.noEffect", facts });
  }, [acted]);
  useEffect(() => {
    if (stepped !== null) say(sentence(stepped, words(), nameOf));
  }, [stepped]);
  return null;
}
