/** First steps, banners above the canvas, and what autosave has to say. */
const welcome = {
  title: "See messages flow",
  intro: "A playground that behaves like a real broker. Everything runs in this page; nothing is uploaded.",
  watch: { title: "Watch it run", words: "A producer, a queue, a consumer." },
  build: { title: "Build your own", words: "An empty canvas and three hints." },
  lesson: { title: "Start a lesson", words: "Five minutes: guess, run, see." },
  import: {
    title: "Import your broker",
    words: "Your own queues, running.",
  },
  dismiss: "Do not show again",
  again: "First steps",
  step: "Hint {{n}} of {{of}}",
  steps: {
    place: "Drag a producer from the palette to the canvas, or press N and type its name.",
    placeTouch: "Choose a beginning below, or double-tap the canvas to add a producer.",
    connect: "Drag from the dot at the producer’s right edge to an empty place and choose “Queue”.",
    connectKeys: "With the keyboard: C on the chosen node.",
    consume: "Now the same from the queue, and choose “Consumer”.",
    play: "Press Play and watch the queue.",
  },
  skip: "No more hints",
  linkCopy: "A copy from a link; your own documents are untouched.",
  keepCopy: "Keep a copy",
  viewOnly: "A link to look at and play: nothing can be changed here.",
  editCopy: "Edit a copy",
  kept: "Kept among your documents.",
  savedNow: "Saved on this device.",
  held: "This document is open in another tab. Here it can only be looked at.",
  takeOver: "Take over",
  full: "The browser’s storage is full: the newest changes are not kept. Download them, or delete documents.",
  download: "Download now",
  documents: "My documents",
  memory:
    "This browser keeps nothing for this page (private window, or storage is switched off). Your work lives in this tab only: download it before you close it.",
  torn: "The last save was cut off, perhaps by a power failure. This is the state before it; nothing older is missing.",
  split: "Another tab took this document over. What you had changed here goes on as a copy.",
  drop: "Drop to open",
  dropHint: "A scenario or RabbitMQ definitions. Your own work stays.",
} as const;

export default welcome;
