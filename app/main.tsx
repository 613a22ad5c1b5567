import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { engine, followVisibility } from "./bridge/index.ts";
import { bindKeys } from "./commands/index.ts";
import { followAppearance } from "./panels/shell/appearance.ts";
import { followUpdates, installServiceWorker } from "./panels/shell/updates.ts";
import { isLink } from "./share/link-form.ts";
import { keepSelectionTrue, linkReader, openFirstDocument } from "./start.ts";
import { useView } from "./store/view.ts";
import { atLast, inTurn, nextTask } from "./turns.ts";

/** A page of somebody else's shows the playground: that is another frame, and nothing is kept. */
const embedded = /[?&]embed(=1|=true|&|$)/.test(location.search) ? import("./embed/start.tsx") : null;
const dressed = embedded?.then(({ dress }) => dress());
const spoken = Promise.resolve(dressed).then(followAppearance);
void inTurn(() => import("./commands/rest.ts"));
// Should the code not come, the page stands without the link's document rather than not at all.
const reader = isLink(location.hash) ? linkReader().catch(() => null) : Promise.resolve(null);
const opened = reader.then(async (read) => {
  const embed = await embedded;
  if (embed) await embed.openEmbedded(read);
  else openFirstDocument(read);
  keepSelectionTrue();
  await nextTask();
  engine.start();
  embed?.beginEmbedded();
});
followVisibility(engine, () => useView.getState().runWhenHidden);
bindKeys();
followUpdates(navigator.serviceWorker, () => location.reload());
void inTurn(() => import("./store/recorder.ts").then(({ startRecorder }) => startRecorder()));
// It fetches everything there is.
if (import.meta.env.PROD) void atLast(() => installServiceWorker(navigator.serviceWorker));

const root = document.getElementById("root");
if (root)
  // Not before its words are there: a page that changes its language, or its drawing, while one looks at it is no welcome.
  void Promise.all([embedded, spoken, opened]).then(async ([embed]) => {
    await nextTask();
    const page = <StrictMode>{embed ? <embed.Embedded /> : <App />}</StrictMode>;
    // As a transition it is drawn in slices of some milliseconds, between which the browser can paint and listen.
    startTransition(() => createRoot(root).render(page));
  });
