import type { Run } from "../run/run.ts";
import { distributionOf, eventsOf, seriesOf } from "./answers.ts";
import type { FromEngine, ToEngine } from "./protocol.ts";

/** The answer to a question about a run's figures, and what of it is handed over instead of copied. */
export function figuresAnswer(
  run: Run,
  runId: number,
  message: Extract<ToEngine, { type: "series" | "distribution" | "events" | "observe" | "hash" }>,
): [FromEngine, ArrayBuffer[]] {
  const { request } = message;
  switch (message.type) {
    case "series": {
      const series = seriesOf(run, message);
      const arrays = series.flatMap(({ times, values, lows, highs }) => [times, values, lows, highs]);
      return [{ type: "series", runId, request, series }, arrays.map(bufferOf)];
    }
    case "distribution":
      return [{ type: "distribution", runId, request, distribution: distributionOf(run, message) }, []];
    case "events":
      return [{ type: "events", runId, request, events: eventsOf(run, message) }, []];
    case "observe": {
      const observed = message.figures.flatMap(({ target, metric }) => run.observe(target, metric) ?? []);
      const arrays = observed.flatMap(({ sums, weights }) => [sums, weights]);
      return [{ type: "observe", runId, request, observed }, arrays.map(bufferOf)];
    }
    case "hash":
      return [{ type: "hash", runId, request, hash: run.hash(), time: run.now }, []];
  }
}

const bufferOf = ({ buffer }: Float64Array): ArrayBuffer => buffer as ArrayBuffer;
