import { Copy } from "lucide-react";
import { keepCopy } from "../../share/session.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import styles from "./Welcome.module.css";

/** What was opened from a link or file is not kept until somebody wants it: this says so and keeps it. */
export function SharedCopy() {
  const { t } = useText();
  const origin = useDocument((s) => s.origin);
  const notify = useView((s) => s.notify);
  if (origin !== "link" && origin !== "file") return null;
  const keep = () => {
    if (keepCopy()) notify({ tone: "success", key: "welcome.shared.kept" });
  };
  return (
    <div className={`${controls.float} ${styles.banner}`} role="status">
      <p>
        <b>{t(`welcome.shared.${origin}`)}</b> <span className={styles.bannerHint}>{t("welcome.shared.hint")}</span>
      </p>
      <button type="button" className={`${controls.button} ${controls.primary}`} onClick={keep}>
        <Copy size={14} aria-hidden />
        {t("welcome.shared.keep")}
      </button>
    </div>
  );
}
