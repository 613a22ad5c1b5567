import { type FormEvent, useState } from "react";
import type { Lesson } from "../../../engine/lesson/index.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import styles from "./Lesson.module.css";
import { beginAs } from "./session.ts";

const NAME_MAX = 80;

/** Whoever work was handed to says who they are; nothing begins before. */
export function NameView({ lesson }: { lesson: Lesson }) {
  const { t } = useText();
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") beginAs(name);
  };
  return (
    <form className={styles.body} onSubmit={submit}>
      <p className={styles.words}>{t("teaching.hand.intro")}</p>
      <label className={styles.number}>
        <span>{t("teaching.hand.name")}</span>
        <input
          className={controls.input}
          maxLength={NAME_MAX}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <p className={styles.note}>
        {t("teaching.hand.stays")} {lesson.assignment?.seed === "name" && t("teaching.hand.seed")}
      </p>
      <p className={styles.note}>{t("teaching.assignment.honest")}</p>
      <div className={styles.actions}>
        <button type="submit" className={`${controls.button} ${controls.primary}`} disabled={name.trim() === ""}>
          {t("teaching.hand.begin")}
        </button>
      </div>
    </form>
  );
}
