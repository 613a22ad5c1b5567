import { useText } from "../../../text/index.ts";

/** Day and time as the language writes them. @returns asks for real ms since 1970 */
export function useWhen(): (at: number) => string {
  const { language } = useText();
  const format = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en", {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (at) => format.format(at);
}
