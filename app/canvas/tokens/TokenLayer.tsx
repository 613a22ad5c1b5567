import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { engine } from "../../bridge/index.ts";
import { isStill } from "../../panels/shell/appearance.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import styles from "../Canvas.module.css";
import { listenForTokens } from "./click-token.ts";
import { TokenScene } from "./token-scene.ts";

/** One canvas over the flow for all messages on their way (stack.md). It draws while something moves, and stands still otherwise. */
export function TokenLayer() {
  const surface = useRef<HTMLCanvasElement>(null);
  const legend = useRef<HTMLParagraphElement>(null);
  const legendWords = useRef<HTMLSpanElement>(null);
  const store = useStoreApi();
  const { t, format, find } = useText();
  const motion = useView((s) => s.motion);
  const words = useRef({ t, format, find });
  words.current = { t, format, find };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the choice of motion decides, through the system's own, whether anything is drawn
  useEffect(() => {
    const element = surface.current;
    const pen = element?.getContext("2d");
    engine.wantTokens(!isStill());
    if (!element || !pen || isStill()) {
      pen?.clearRect(0, 0, element?.width ?? 0, element?.height ?? 0);
      return;
    }
    const scene = new TokenScene({
      lost: () => words.current.t("canvas.tokens.lost"),
      gone: (reason, count) => {
        const word = words.current.find(`canvas.tokens.reasons.${reason}`) ?? reason;
        return count > 1 ? `${word} ×${words.current.format.count(count)}` : word;
      },
    });
    let waiting = 0;
    let isBlank = true;
    const tell = () => {
      const { stands } = scene;
      if (!legend.current || !legendWords.current) return;
      legend.current.hidden = stands <= 1;
      const said =
        stands > 1 ? words.current.t("canvas.tokens.stands", { count: words.current.format.count(stands) }) : "";
      if (legendWords.current.textContent !== said) legendWords.current.textContent = said;
    };
    const paint = (now: number) => {
      waiting = 0;
      if (isBlank && !scene.isMoving) return;
      isBlank = false;
      const { transform, width, height } = store.getState();
      const ratio = window.devicePixelRatio;
      const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (element.width !== w) element.width = w;
      if (element.height !== h) element.height = h;
      scene.paint(pen, { width, height, ratio, view: transform, showAcks: useView.getState().showAcks }, now);
      tell();
      if (scene.isMoving) wake();
    };
    const wake = () => {
      if (waiting === 0) waiting = requestAnimationFrame(paint);
    };
    const flow = element.closest<HTMLElement>(".react-flow");
    const stopPicking =
      flow === null
        ? () => {}
        : listenForTokens(flow, (x, y, reach) => {
            const { left, top } = element.getBoundingClientRect();
            const { transform } = store.getState();
            const { showAcks } = useView.getState();
            return scene.pick(x - left, y - top, { view: transform, showAcks }, performance.now(), reach);
          });
    const stopScene = scene.follow(wake);
    const stopView = store.subscribe(wake);
    const theme = new MutationObserver(() => {
      scene.dropColours();
      wake();
    });
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    wake();
    return () => {
      cancelAnimationFrame(waiting);
      stopPicking();
      stopScene();
      stopView();
      theme.disconnect();
    };
  }, [store, motion]);

  return (
    <>
      <canvas ref={surface} className={styles.tokens} aria-hidden data-tokens />
      <p ref={legend} className={styles.legend} hidden>
        <i aria-hidden />
        <span ref={legendWords} />
      </p>
    </>
  );
}
