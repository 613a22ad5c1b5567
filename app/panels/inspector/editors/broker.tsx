import { useId } from "react";
import type { Policy, SettingValue, User } from "../../../../engine/scenario/index.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Editors.module.css";
import type { EditorProps } from "./editor.ts";
import { NumberInput } from "./NumberInput.tsx";
import { TextInput } from "./TextInput.tsx";
import { Cards, TableRows } from "./tables.tsx";

const RIGHTS = ["configure", "write", "read"] as const;
const APPLY_TO: readonly Policy["apply-to"][] = [
  "queues",
  "exchanges",
  "all",
  "classic_queues",
  "quorum_queues",
  "streams",
];

function Labelled({ word, children }: { word: string; children(id: string): React.ReactNode }) {
  const id = useId();
  return (
    <div className={styles.part}>
      <label htmlFor={id}>{word}</label>
      {children(id)}
    </div>
  );
}

/** Users of a broker with their three patterns. */
export function UsersEditor({ id, value, disabled, commit }: EditorProps) {
  const { t } = useText();
  const users = (Array.isArray(value) ? value : []) as unknown as User[];
  return (
    <Cards
      id={id}
      list={users}
      disabled={disabled}
      addWords={t("panels.inspector.addUser")}
      make={(): User => ({
        name: users.length === 0 ? "guest" : `user-${users.length + 1}`,
        configure: ".*",
        write: ".*",
        read: ".*",
      })}
      commit={(list) => commit(list as unknown as SettingValue)}
    >
      {(user, change) => (
        <>
          <Labelled word={t("fields.words.name")}>
            {(inputId) => (
              <TextInput id={inputId} value={user.name} disabled={disabled} onCommit={(name) => change({ name })} />
            )}
          </Labelled>
          <Labelled word={t("fields.parts.password")}>
            {(inputId) => (
              <TextInput
                id={inputId}
                value={user.password ?? ""}
                mono
                disabled={disabled}
                onCommit={(password) => change({ password })}
              />
            )}
          </Labelled>
          {RIGHTS.map((right) => (
            <Labelled key={right} word={t(`fields.parts.${right}`)}>
              {(inputId) => (
                <TextInput
                  id={inputId}
                  value={user[right]}
                  mono
                  disabled={disabled}
                  onCommit={(text) => change({ [right]: text })}
                />
              )}
            </Labelled>
          ))}
        </>
      )}
    </Cards>
  );
}

/** Policies of a broker. */
export function PoliciesEditor({ id, kind, field, value, disabled, commit, refuse }: EditorProps) {
  const { t, find } = useText();
  const policies = (Array.isArray(value) ? value : []) as unknown as Policy[];
  return (
    <Cards
      id={id}
      list={policies}
      disabled={disabled}
      addWords={t("panels.inspector.addPolicy")}
      make={(): Policy => ({
        name: `policy-${policies.length + 1}`,
        pattern: ".*",
        "apply-to": "queues",
        priority: 0,
        definition: {},
      })}
      commit={(list) => commit(list as unknown as SettingValue)}
    >
      {(policy, change) => (
        <>
          <Labelled word={t("fields.words.name")}>
            {(inputId) => (
              <TextInput id={inputId} value={policy.name} disabled={disabled} onCommit={(name) => change({ name })} />
            )}
          </Labelled>
          <Labelled word={t("fields.parts.pattern")}>
            {(inputId) => (
              <TextInput
                id={inputId}
                value={policy.pattern}
                mono
                disabled={disabled}
                onCommit={(pattern) => change({ pattern })}
              />
            )}
          </Labelled>
          <Labelled word={t("fields.parts.apply-to")}>
            {(inputId) => (
              <select
                id={inputId}
                className={`${controls.select} ${styles.select}`}
                value={policy["apply-to"]}
                disabled={disabled}
                onChange={(event) => change({ "apply-to": event.target.value as Policy["apply-to"] })}
              >
                {APPLY_TO.map((what) => (
                  <option key={what} value={what}>
                    {find(`fields.${kind}.${field.name}.choices.${what}`) ?? what}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <Labelled word={t("fields.parts.priority")}>
            {(inputId) => (
              <NumberInput
                id={inputId}
                label={t("fields.parts.priority")}
                value={policy.priority}
                units={[]}
                whole
                disabled={disabled}
                onCommit={(priority) => priority !== null && change({ priority })}
                onRefuse={refuse}
              />
            )}
          </Labelled>
          <p className={styles.cardWord}>{t("fields.parts.definition")}</p>
          <TableRows
            table={policy.definition}
            stem="argument"
            disabled={disabled}
            onChange={(definition) => change({ definition })}
            refuse={refuse}
          />
        </>
      )}
    </Cards>
  );
}
