import { Check, ChevronRight, Copy } from "lucide-react";
import { useId, useState } from "react";
import { writeEmbed } from "../../embed/options.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import styles from "./Dialogs.module.css";
import { copyText } from "./download.ts";
import section from "./Section.module.css";
import { Switch } from "./Switch.tsx";

const LOOKS = ["min", "full", "none"] as const;
const HEIGHT = { min: 420, full: 640, none: 360 };

/** Text that may stand between the quotes of an attribute. */
const quoted = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The code with which a page of one's own shows the drawing. @param title of the document, for whoever hears the page */
export function EmbedCode({ fragment, title }: { fragment: string; title: string }) {
  const { t } = useText();
  const id = useId();
  const [ui, setUi] = useState<(typeof LOOKS)[number]>("min");
  const [play, setPlay] = useState(false);
  const [edit, setEdit] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const address = `${location.origin}${location.pathname}${writeEmbed({ ui, play, edit })}${fragment}`;
  const code = `<iframe src="${quoted(address)}" title="${quoted(title)}" loading="lazy" style="width:100%;height:${HEIGHT[ui]}px;border:1px solid #ccc;border-radius:8px"></iframe>`;
  const set =
    <T,>(change: (value: T) => void) =>
    (value: T) => {
      setCopied(false);
      change(value);
    };
  return (
    <details className={section.section}>
      <summary>
        <ChevronRight size={16} aria-hidden />
        {t("dialogs.share.embed")}
      </summary>
      <div className={styles.stack}>
        <p className={styles.quiet}>{t("dialogs.share.embedHint")}</p>
        <div className={styles.setting}>
          <label htmlFor={`${id}-ui`}>{t("dialogs.share.embedShow")}</label>
          <select
            id={`${id}-ui`}
            className={controls.select}
            value={ui}
            onChange={(event) => set(setUi)(LOOKS.find((one) => one === event.target.value) ?? "min")}
          >
            {LOOKS.map((one) => (
              <option key={one} value={one}>
                {t(`dialogs.share.embedUi.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <div className={styles.setting}>
          <label htmlFor={`${id}-play`}>{t("dialogs.share.embedPlay")}</label>
          <Switch id={`${id}-play`} on={play} onChange={set(setPlay)} />
        </div>
        <div className={styles.setting}>
          <label htmlFor={`${id}-edit`}>{t("dialogs.share.embedEdit")}</label>
          <Switch id={`${id}-edit`} on={edit} onChange={set(setEdit)} />
        </div>
        <textarea
          className={`${controls.input} ${styles.code}`}
          aria-label={t("dialogs.share.embedCode")}
          readOnly
          rows={4}
          value={code}
          onFocus={(event) => event.currentTarget.select()}
        />
        <div className={styles.row}>
          <button type="button" className={controls.button} onClick={async () => setCopied(await copyText(code))}>
            {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            {t(isCopied ? "dialogs.copied" : "dialogs.share.embedCopy")}
          </button>
        </div>
      </div>
    </details>
  );
}
