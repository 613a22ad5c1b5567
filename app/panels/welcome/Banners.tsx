import { CircleAlert, Eye, Link2, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { fileName, SCENARIO_FILE_ENDING, writeScenario } from "../../share/files.ts";
import { keepCopy, takeOverHere, useSession } from "../../share/session.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText, words } from "../../text/index.ts";
import { download } from "../dialogs/download.ts";
import { IconButton } from "../shell/IconButton.tsx";
import styles from "./Welcome.module.css";

function Banner({
  tone,
  icon,
  text,
  children,
}: {
  tone: "info" | "bad";
  icon: ReactNode;
  text: string;
  children: ReactNode;
}) {
  return (
    <div className={styles.banner} data-tone={tone} role={tone === "bad" ? "alert" : "status"}>
      {icon}
      <p>{text}</p>
      <div className={styles.bannerTools}>{children}</div>
    </div>
  );
}

function downloadDocument(): void {
  const { scenario } = useDocument.getState();
  download(fileName(words().of(scenario.meta.title), SCENARIO_FILE_ENDING), writeScenario(scenario));
}

/** What a person has to know about the document that is open: whose it is, and whether it is kept. */
export function Banners() {
  const { t } = useText();
  const { held, full } = useSession();
  const id = useDocument((s) => s.id);
  const origin = useDocument((s) => s.origin);
  const isView = useDocument((s) => s.origin === "link" && s.readOnly);
  const [hidden, setHidden] = useState<string | null>(null);
  const button = (words: string, perform: () => void, isMain = false) => (
    <button type="button" className={`${controls.button} ${isMain ? controls.primary : ""}`} onClick={perform}>
      {words}
    </button>
  );
  return (
    <>
      {held && (
        <Banner tone="info" icon={<Eye size={16} aria-hidden />} text={t("welcome.held")}>
          {button(t("welcome.takeOver"), takeOverHere, true)}
        </Banner>
      )}
      {full && (
        <Banner tone="bad" icon={<CircleAlert size={16} aria-hidden />} text={t("welcome.full")}>
          {button(t("welcome.download"), downloadDocument, true)}
          {button(t("welcome.documents"), () => useView.getState().openDialog("library"))}
        </Banner>
      )}
      {isView && (
        <Banner tone="info" icon={<Eye size={16} aria-hidden />} text={t("welcome.viewOnly")}>
          {button(t("welcome.editCopy"), keepCopy, true)}
        </Banner>
      )}
      {origin === "link" && !isView && hidden !== id && (
        <Banner tone="info" icon={<Link2 size={16} aria-hidden />} text={t("welcome.linkCopy")}>
          {button(t("welcome.keepCopy"), () => {
            if (keepCopy()) useView.getState().notify({ tone: "success", key: "welcome.kept" });
          })}
          <IconButton label={t("shell.dismiss")} onClick={() => setHidden(id)}>
            <X size={16} />
          </IconButton>
        </Banner>
      )}
    </>
  );
}
