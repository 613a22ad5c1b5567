import { useId, useState } from "react";
import { deviceStorage, storageUse } from "../../share/device.ts";
import { clearAll, listDocuments } from "../../share/library.ts";
import { stopKeeping } from "../../share/session.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { LANGUAGE_NAMES, LANGUAGES, useText } from "../../text/index.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Dialogs.module.css";
import { Switch } from "./Switch.tsx";

interface Option<V> {
  value: V;
  words: string;
}

function Choice<V extends string | number>({
  label,
  hint,
  value,
  options,
  onChange,
}: {
  label: string;
  hint?: string;
  value: V;
  options: readonly Option<V>[];
  onChange(value: V): void;
}) {
  const id = useId();
  return (
    <div className={styles.setting}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={controls.select}
        aria-describedby={hint && `${id}-hint`}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => String(option.value) === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

function Toggle({
  label,
  hint,
  on,
  onChange,
}: {
  label: string;
  hint?: string;
  on: boolean;
  onChange(on: boolean): void;
}) {
  const id = useId();
  return (
    <div className={styles.setting}>
      <label htmlFor={id}>{label}</label>
      <Switch id={id} on={on} onChange={onChange} />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

function ClearData() {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  const storage = deviceStorage();
  if (!isAsking)
    return (
      <div>
        <button type="button" className={`${controls.button} ${controls.danger}`} onClick={() => setAsking(true)}>
          {t("dialogs.settings.clear")}
        </button>
      </div>
    );
  const count = storage === null ? 0 : listDocuments(storage).length;
  return (
    <>
      <p role="alert">{t("dialogs.settings.clearSure", { count })}</p>
      <div className={styles.row}>
        <button
          type="button"
          className={`${controls.button} ${controls.danger}`}
          onClick={() => {
            // What is still in the page's memory would write itself back.
            stopKeeping();
            if (storage) clearAll(storage);
            location.replace(location.pathname);
          }}
        >
          {t("dialogs.settings.clearYes")}
        </button>
        <button type="button" className={controls.button} onClick={() => setAsking(false)}>
          {t("dialogs.cancel")}
        </button>
      </div>
    </>
  );
}

/** How this person wants the page: kept on the device, never part of a document. */
export default function SettingsDialog() {
  const { t, format } = useText();
  const storage = deviceStorage();
  const view = useView();
  const { set } = view;
  return (
    <DialogFrame title={t("dialogs.settings.title")}>
      <Choice
        label={t("dialogs.settings.language")}
        value={view.language ?? "auto"}
        options={[
          { value: "auto", words: t("dialogs.settings.followBrowser") },
          ...LANGUAGES.map((value) => ({ value, words: LANGUAGE_NAMES[value] })),
        ]}
        onChange={(value) => set({ language: value === "auto" ? null : value })}
      />
      <Choice
        label={t("dialogs.settings.theme")}
        value={view.theme}
        options={(["system", "light", "dark"] as const).map((value) => ({
          value,
          words: t(`dialogs.settings.themes.${value}`),
        }))}
        onChange={(theme) => set({ theme })}
      />
      <Choice
        label={t("dialogs.settings.motion")}
        hint={t("dialogs.settings.motionHint")}
        value={view.motion}
        options={(["system", "full", "reduced"] as const).map((value) => ({
          value,
          words: t(`dialogs.settings.motions.${value}`),
        }))}
        onChange={(motion) => set({ motion })}
      />
      <Choice
        label={t("dialogs.settings.wheel")}
        value={view.wheel}
        options={(["pan", "zoom"] as const).map((value) => ({ value, words: t(`dialogs.settings.wheels.${value}`) }))}
        onChange={(wheel) => set({ wheel })}
      />
      <Choice
        label={t("dialogs.settings.announce")}
        hint={t("dialogs.settings.announceHint")}
        value={view.announceEvery}
        options={([0, 5, 15, 30] as const).map((value) => ({ value, words: t(`dialogs.settings.announces.${value}`) }))}
        onChange={(announceEvery) => set({ announceEvery })}
      />
      <Toggle
        label={t("dialogs.settings.characterKeys")}
        hint={t("dialogs.settings.characterKeysHint")}
        on={view.characterKeys}
        onChange={(characterKeys) => set({ characterKeys })}
      />
      <div className={styles.setting}>
        <span>{t("dialogs.settings.keys")}</span>
        <button type="button" className={controls.button} onClick={() => view.openDialog("shortcuts")}>
          {t("dialogs.settings.changeKeys")}
        </button>
      </div>
      <Toggle
        label={t("dialogs.settings.runWhenHidden")}
        on={view.runWhenHidden}
        onChange={(runWhenHidden) => set({ runWhenHidden })}
      />
      <Toggle label={t("dialogs.settings.acks")} on={view.showAcks} onChange={(showAcks) => set({ showAcks })} />
      <section className={styles.dangerZone}>
        <h3 className={styles.subtitle}>{t("dialogs.settings.data")}</h3>
        <p className={styles.quiet}>
          {t("dialogs.settings.dataHint")}
          {storage !== null && (
            <span data-storage-use> {t("dialogs.settings.use", { size: format.bytes(storageUse(storage)) })}</span>
          )}
        </p>
        <ClearData />
      </section>
    </DialogFrame>
  );
}
