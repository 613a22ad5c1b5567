import { helloQueue, type Scenario, type Text } from "../../engine/scenario/index.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";

export interface Example {
  id: string;
  title: string | Text;
  open(): void;
}

const example = (make: () => Scenario): Example => {
  const { meta } = make();
  return {
    id: meta.id ?? "",
    title: meta.title,
    open: () => {
      useView.getState().select({});
      useDocument.getState().open(make(), { origin: "example" });
    },
  };
};

/** Scenarios that come with the page. */
export const EXAMPLES: readonly Example[] = [example(helloQueue)];
