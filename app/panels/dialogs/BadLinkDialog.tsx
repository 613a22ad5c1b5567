import { FolderInput, GraduationCap, RotateCw } from "lucide-react";
import { useEffect, useRef } from "react";
import { forgetAddress } from "../../share/opening.ts";
import type { DialogProps } from "../../store/dialogs.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Dialogs.module.css";

/** Why a link did not open, in a sentence of its own, and where to go from here. */
export default function BadLinkDialog({ code, facts }: DialogProps["badLink"]) {
  const { t, find } = useText();
  const close = useView((s) => s.closeDialog);
  const openDialog = useView((s) => s.openDialog);
  // Said once: a reload on purpose keeps the address, leaving the dialog in any other way gives it up.
  const isReloading = useRef(false);
  useEffect(
    () => () => {
      if (!isReloading.current) forgetAddress();
    },
    [],
  );
  return (
    <DialogFrame
      title={t("dialogs.badLink.title")}
      intro={find(`share.link.${code}`, facts) ?? code}
      footer={
        <>
          {code === "tooNew" && (
            <button
              type="button"
              className={controls.button}
              onClick={() => {
                isReloading.current = true;
                location.reload();
              }}
            >
              <RotateCw size={16} aria-hidden />
              {t("dialogs.badLink.reload")}
            </button>
          )}
          <button type="button" className={controls.button} onClick={() => openDialog("import")}>
            <FolderInput size={16} aria-hidden />
            {t("dialogs.badLink.import")}
          </button>
          <button type="button" className={`${controls.button} ${controls.primary}`} onClick={close}>
            {t("dialogs.badLink.keep")}
          </button>
        </>
      }
    >
      <div className={styles.stack}>
        <p className={styles.quiet}>{t("dialogs.badLink.own")}</p>
        <button type="button" className={controls.button} onClick={() => openDialog("examples")}>
          <GraduationCap size={16} aria-hidden />
          {t("dialogs.badLink.examples")}
        </button>
      </div>
    </DialogFrame>
  );
}
