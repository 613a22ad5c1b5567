import { create } from "zustand";

/** Somebody wants a new alert for what is selected: the Alerts tab opens its form, also when it is still on its way. */
export const useAlertForm = create<{ isAsked: boolean }>()(() => ({ isAsked: false }));
