/** Where the account goes, before it is measured. */
export interface FlowPart {
  id: string;
  count: number;
  tone: "good" | "open" | "discarded" | "lost";
  /** What it is made of; they may say less than the whole. */
  parts: readonly { id: string; count: number }[];
}

/** A bar of the picture, px. */
export interface Bar {
  id: string;
  x: number;
  y: number;
  height: number;
  /** Baseline of its words; kept apart from the next one's. */
  labelY: number;
  count: number;
  tone: FlowPart["tone"];
  column: 1 | 2;
}

/** A band from one bar to another: as high as its count. */
export interface Band {
  from: string;
  to: string;
  path: string;
  tone: FlowPart["tone"];
  count: number;
}

export interface FlowLayout {
  height: number;
  source: { x: number; y: number; height: number };
  bars: Bar[];
  bands: Band[];
}

export const BAR_WIDTH = 10;
/** Between the bars of a column, px; enough for the words beside a thin one. */
const GAP = 18;
const LABEL = 16;
/** Whatever is there is seen, however little it is of the whole. */
const THIN = 2;

/**
 * A picture of flows: the whole on the left, what became of it in the middle, and why, or where it is, on the right. Heights are to scale but for what would be too thin to see.
 * @param width px @param body px for all bars of a column together
 */
export function flowLayout(parts: readonly FlowPart[], width: number, body: number): FlowLayout {
  const shown = parts.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  const high = (count: number) => (total === 0 ? 0 : Math.max(THIN, (count / total) * body));
  const [first, second] = [Math.round(width * 0.34), Math.round(width * 0.68)];
  const source = { x: 0, y: LABEL, height: shown.reduce((sum, { count }) => sum + high(count), 0) };
  const bars: Bar[] = [];
  const bands: Band[] = [];
  let left = source.y;
  let middle = source.y;
  let right = source.y;
  for (const part of shown) {
    const height = high(part.count);
    const y = middle;
    bars.push({ ...part, x: first, y, height, labelY: y + LABEL / 2 + 4, column: 1 });
    bands.push({
      from: "",
      to: part.id,
      path: band(BAR_WIDTH, left, first, y, height, height),
      tone: part.tone,
      count: part.count,
    });
    left += height;
    let from = y;
    right = Math.max(right, y);
    for (const { id, count } of part.parts) {
      if (count <= 0) continue;
      const own = high(count);
      const start = Math.min(own, Math.max(0, y + height - from));
      bars.push({
        id,
        x: second,
        y: right,
        height: own,
        labelY: right + LABEL / 2 + 4,
        count,
        tone: part.tone,
        column: 2,
      });
      bands.push({
        from: part.id,
        to: id,
        path: band(first + BAR_WIDTH, from, second, right, start, own),
        tone: part.tone,
        count,
      });
      from += start;
      right += Math.max(own, LABEL) + GAP - LABEL;
    }
    middle = Math.max(y + Math.max(height, LABEL) + GAP - LABEL / 2, right);
    right = middle;
  }
  return { height: Math.max(source.y + source.height, middle, right) + 4, source, bars, bands };
}

const px = (value: number) => value.toFixed(1);

/** A band that leaves and arrives level. */
function band(x1: number, y1: number, x2: number, y2: number, h1: number, h2: number): string {
  const bend = (x1 + x2) / 2;
  return (
    `M${px(x1)} ${px(y1)}C${px(bend)} ${px(y1)} ${px(bend)} ${px(y2)} ${px(x2)} ${px(y2)}` +
    `V${px(y2 + h2)}C${px(bend)} ${px(y2 + h2)} ${px(bend)} ${px(y1 + h1)} ${px(x1)} ${px(y1 + h1)}Z`
  );
}
