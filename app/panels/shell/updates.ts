import { useView } from "../../store/view.ts";

/** The parts of the browser's service worker that are used; tests hand in their own. */
export interface Updates {
  ready: Promise<Pick<ServiceWorkerRegistration, "waiting" | "installing" | "addEventListener">>;
  controller: unknown;
  addEventListener(type: "controllerchange", listener: () => void): void;
}

/** Offers a newer version when one has been fetched. It is never forced: a running simulation would be gone (product.md §14). */
export function followUpdates(updates: Updates | undefined, reload: () => void): void {
  if (updates === undefined) return;
  let isWanted = false;
  updates.addEventListener("controllerchange", () => {
    // The first visit also gets a controller; only a wanted one is worth a reload.
    if (isWanted) reload();
  });
  void updates.ready.then((registration) => {
    const offer = () => {
      const { waiting } = registration;
      // Without a controller this is the first version there is.
      if (!waiting || !updates.controller) return;
      useView.getState().notify({
        tone: "info",
        key: "shell.update.ready",
        stays: 0,
        action: {
          key: "shell.update.reload",
          perform: () => {
            isWanted = true;
            waiting.postMessage({ type: "SKIP_WAITING" });
          },
        },
      });
    };
    offer();
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  });
}

/** Lets the page be used without a network from now on. Where that is not possible (a private window, plain http) it is used with one. */
export function installServiceWorker(container: Pick<ServiceWorkerContainer, "register"> | undefined): void {
  void container?.register("./sw.js").catch(() => undefined);
}
