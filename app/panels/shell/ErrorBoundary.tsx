import { Component, type ReactNode } from "react";
import controls from "../../styles/controls.module.css";
import { words } from "../../text/index.ts";
import styles from "./ErrorBoundary.module.css";

/** A part of the page that fails says so in its own place; the document and the rest go on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const { t } = words();
    return (
      <div className={styles.failed} role="alert">
        <p>{t("shell.failed.title")}</p>
        <p className={styles.detail}>{error.message}</p>
        <button type="button" className={controls.button} onClick={() => this.setState({ error: null })}>
          {t("shell.failed.again")}
        </button>
      </div>
    );
  }
}
