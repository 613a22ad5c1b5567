import { engine } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import { keepRun, keptOf, useKept } from "../../../store/kept.ts";
import { useView } from "../../../store/view.ts";
import { words } from "../../../text/index.ts";
import { takePicture } from "./picture.ts";

/** Keeps the present run under the next free name and says so. */
export async function keepPresent(): Promise<void> {
  const document = useDocument.getState().id;
  const picture = await takePicture(engine);
  if (picture === null || useDocument.getState().id !== document) return;
  const { t, format } = words();
  const taken = new Set(keptOf(useKept.getState().runs, document).map(({ name }) => name));
  let n = 1;
  while (taken.has(t("compare.runName", { n }))) n++;
  const name = t("compare.runName", { n });
  const { notify } = useView.getState();
  if (keepRun(picture, document, name))
    notify({ tone: "success", key: "compare.kept", facts: { name, time: format.clock(picture.time) } });
  else notify({ tone: "warning", key: "compare.full" });
}
