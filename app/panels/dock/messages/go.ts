import { type EventFilter, NO_FILTER, useLife } from "../../../store/life.ts";
import { useView } from "../../../store/view.ts";

const open = (tab: string) => useView.getState().panel("dock", { open: true, tab });

/** Shows a message's life. */
export function showMessage(message: number): void {
  useLife.setState({ message });
  open("messages");
}

/** Shows the events that pass. */
export function showEvents(filter: Partial<EventFilter>, event = 0): void {
  useLife.setState({ filter: { ...NO_FILTER, ...filter }, followsSelection: false, event });
  open("events");
}
