import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { qrOf, qrPath } from "../../share/qr.ts";
import { useText } from "../../text/index.ts";
import own from "./Assignment.module.css";
import styles from "./Dialogs.module.css";
import section from "./Section.module.css";

/** A camera reads longer ones badly. */
export const QR_LENGTH_MAX = 1200;

/** Dark on light in both themes: readers want it so. @param side px */
export function QrPicture({ address, side }: { address: string; side?: number }) {
  const { t } = useText();
  const drawn = useMemo(() => {
    const code = qrOf(address);
    return code === null ? null : qrPath(code);
  }, [address]);
  if (drawn === null) return null;
  return (
    <svg
      className={own.qr}
      viewBox={`0 0 ${drawn.side} ${drawn.side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={t("teaching.qr.alt")}
      {...(side !== undefined && { width: side, height: side })}
    >
      <rect width={drawn.side} height={drawn.side} fill="#fff" />
      <path d={drawn.path} fill="#000" />
    </svg>
  );
}

/** The link as a QR code, when a camera can read it; drawn once it is asked for. */
export function LinkQr({ address }: { address: string }) {
  const { t, format } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={section.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <ChevronRight size={16} aria-hidden />
        {t("teaching.qr.title")}
      </summary>
      {isOpen &&
        (address.length > QR_LENGTH_MAX ? (
          <p className={styles.quiet}>
            {t("teaching.qr.tooLong", {
              n: format.number(address.length),
              max: format.number(QR_LENGTH_MAX),
            })}
          </p>
        ) : (
          <div className={styles.stack}>
            <p className={styles.quiet}>{t("teaching.qr.hint")}</p>
            <QrPicture address={address} />
          </div>
        ))}
    </details>
  );
}
