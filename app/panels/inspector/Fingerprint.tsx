import { useEffect, useState } from "react";
import { engine } from "../../bridge/index.ts";
import { useRun } from "../../store/run.ts";
import { useText } from "../../text/index.ts";

/** The hash of every event so far, while the run stands: two people with the same link compare eight characters and know that they saw the same run. */
export function Fingerprint() {
  const { t } = useText();
  const time = useRun((s) => s.time);
  const isStanding = useRun((s) => s.status === "paused");
  const [hash, setHash] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew whenever the run stands at another time
  useEffect(() => {
    setHash("");
    if (!isStanding) return;
    let isCurrent = true;
    engine.hash().then(
      (answer) => isCurrent && setHash(answer.hash),
      // Another run has begun: it will be asked for its own.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [isStanding, time]);
  if (hash === "") return null;
  return (
    <>
      <dt title={t("panels.inspector.document.fingerprintHint")}>{t("panels.inspector.document.fingerprint")}</dt>
      <dd data-testid="fingerprint">{hash}</dd>
    </>
  );
}
