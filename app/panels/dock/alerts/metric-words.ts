export { metricInFull as metricWords } from "../../../text/metric-words.ts";
