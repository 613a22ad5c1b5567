import "../../styles/tokens.css";
import "../../styles/base.css";
import * as Tooltip from "radix-ui/tooltip";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { addNode, emptyScenario, helloQueue, type Scenario } from "../../../engine/scenario/index.ts";
import { decodeLink, encodeLink } from "../../share/link.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { restOfTexts, setLanguage } from "../../text/index.ts";
import Dialogs from "./Dialogs.tsx";
import { followDrops } from "./import/drops.ts";

const view = () => useView.getState();
const dialog = () => page.getByRole("dialog");

let clipboard: string | null;
let isAllowed: boolean;

beforeEach(async () => {
  await restOfTexts();
  clipboard = null;
  isAllowed = true;
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => {
    if (!isAllowed) throw new DOMException("no", "NotAllowedError");
    clipboard = text;
  });
  useDocument.getState().open(helloQueue(), { origin: "own" });
  useView.setState({ dialog: null, notices: [] });
  await render(
    <Tooltip.Provider>
      <button type="button">opener</button>
      <Dialogs />
    </Tooltip.Provider>,
  );
});
afterEach(async () => {
  vi.restoreAllMocks();
  await setLanguage("en");
});

describe("Share", () => {
  it("copies a link that opens to the same document, and says so", async () => {
    view().openDialog("share");
    await dialog().getByRole("button", { name: "Copy the link" }).click();
    await expect.element(dialog().getByRole("button", { name: "Copied." })).toBeVisible();
    const decoded = decodeLink(clipboard ?? "");
    expect(decoded.ok && decoded.scenario).toEqual(helloQueue());
    expect(clipboard?.startsWith(`${location.origin}${location.pathname}#s1=`)).toBe(true);
  });

  it("leaves the text to copy by hand when the browser refuses", async () => {
    isAllowed = false;
    view().openDialog("share");
    await dialog().getByRole("button", { name: "Copy the link" }).click();
    await expect.element(dialog().getByRole("alert")).toHaveTextContent("copy it by hand");
    await expect
      .element(dialog().getByLabelText("Link"))
      .toHaveValue(`${location.origin}${location.pathname}${encodeLink(helloQueue())}`);
  });

  it("gives the length, and warns from 2,000 characters on", async () => {
    view().openDialog("share");
    await expect.element(dialog().getByText(/characters$/)).toBeVisible();
    expect(dialog().getByText("Some chats cut").elements()).toHaveLength(0);
    let big: Scenario = emptyScenario();
    // Names that do not compress: 200 words made of a counter's square.
    for (let i = 1; i <= 200; i++)
      big = addNode(big, "queue", {
        name: `${(i * i * 7919) % 99991}-${(i ** 3 * 104729) % 1000003}-${i}`,
        x: i * 7,
        y: (i * i) % 90,
      }).scenario;
    useDocument.getState().open(big, { origin: "own" });
    await expect.element(dialog().getByText(/Some chats cut links of more than 2,000/)).toBeVisible();
  });
});

describe("Import", () => {
  const open = (text: string, fileName = "given.json") => view().openDialog("import", { text, fileName });

  it("names line and column of what is no JSON", async () => {
    open('{\n  "nodes": [],\n  "edges": [},\n}', "broken.weir.json");
    await expect.element(dialog().getByRole("alert")).toHaveTextContent("This cannot be used");
    await expect.element(dialog().getByText(/line 3, column 13/)).toBeVisible();
  });

  it("names line and column in definitions too, and opens nothing", async () => {
    const before = useDocument.getState().scenario;
    open('{\n  "queues": [\n    {"name": "a", "vhost": "/"},\n  ]\n}', "rabbit.json");
    await expect.element(dialog().getByRole("alert")).toHaveTextContent("rabbit.json");
    await expect.element(dialog().getByText(/line [34]/i)).toBeVisible();
    expect(useDocument.getState().scenario).toBe(before);
  });

  it("shows what definitions bring, chooses the virtual host, and folds notices of one kind", async () => {
    const queue = (name: string, vhost: string) => ({ name, vhost, durable: true, arguments: { "x-mystery": name } });
    const names = ["a", "b", "c", "d", "e"];
    const file = {
      vhosts: [{ name: "shop" }, { name: "lab" }],
      exchanges: [{ name: "orders", vhost: "shop", type: "topic", durable: true }],
      queues: [...names.map((name) => queue(name, "shop")), queue("only", "lab")],
      bindings: names.map((name) => ({
        source: "orders",
        vhost: "shop",
        destination: name,
        destination_type: "queue",
        routing_key: name,
        arguments: {},
      })),
    };
    open(JSON.stringify(file), "rabbit.json");
    const count = (what: string) => dialog().getByText(what, { exact: true }).element().nextElementSibling?.textContent;
    await expect.poll(() => count("Queues")).toBe("5");
    expect([count("Exchanges"), count("Bindings"), count("Producers attached"), count("Consumers attached")]).toEqual([
      "1",
      "5",
      "1",
      "5",
    ]);
    await expect.element(dialog().getByText("4 more of this kind")).toBeVisible();
    await dialog().getByRole("checkbox").click();
    await expect.poll(() => count("Producers attached")).toBe("0");
    await dialog().getByLabelText("Virtual host").selectOptions("lab");
    await expect.poll(() => count("Queues")).toBe("1");
    await dialog().getByRole("button", { name: "Open", exact: true }).click();
    await expect.poll(() => useDocument.getState().origin).toBe("file");
    const { scenario } = useDocument.getState();
    expect(scenario.meta.title).toBe("rabbit");
    expect(scenario.nodes.filter((node) => node.kind === "queue").map((node) => node.name)).toEqual(["only"]);
  });

  it("opens a document beside one's own work, not over it", async () => {
    const own = useDocument.getState().id;
    open(JSON.stringify({ ...helloQueue(), seed: 42, meta: { title: "Mine" } }));
    await expect.element(dialog().getByText("Mine")).toBeVisible();
    await expect.element(dialog().getByText("3 nodes, 2 connections")).toBeVisible();
    await dialog().getByRole("button", { name: "Open", exact: true }).click();
    await expect.poll(() => useDocument.getState()).toMatchObject({ origin: "file", scenario: { seed: 42 } });
    await expect.poll(() => useDocument.getState().id).not.toBe(own);
    await expect.element(dialog()).not.toBeInTheDocument();
  });

  it("opens what has errors all the same, after naming them", async () => {
    const wrong = helloQueue();
    wrong.edges[0] = { id: "e1", kind: "publish", from: "p1", to: "gone" };
    open(JSON.stringify(wrong));
    await expect.element(dialog().getByText("It ends at “gone”, which is not in the document.")).toBeVisible();
    await dialog().getByRole("button", { name: "Open with its errors" }).click();
    await expect.poll(() => useDocument.getState().scenario.edges).toHaveLength(2);
  });

  it("says why a pasted link does not open", async () => {
    view().openDialog("import");
    await dialog().getByLabelText("or paste text or a link").fill(encodeLink(helloQueue()).slice(0, -6));
    await userEvent.tab();
    await expect.element(dialog().getByRole("alert")).toHaveTextContent(/incomplete \(\d+ of \d+ characters\)/);
    await dialog().getByRole("button", { name: "Choose something else" }).click();
    await expect.element(dialog().getByRole("button", { name: "Choose a file…" })).toBeVisible();
  });

  it("takes a file that is dropped anywhere, and refuses one that is no text", async () => {
    const stop = followDrops();
    const drop = (file: File) => {
      const data = new DataTransfer();
      data.items.add(file);
      document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
    };
    drop(new File([JSON.stringify(helloQueue())], "dropped.weir.json"));
    await expect.element(dialog().getByText("dropped.weir.json")).toBeVisible();
    drop(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe])], "picture.png"));
    await expect
      .poll(() => view().notices.at(-1))
      .toMatchObject({ key: "dialogs.import.notText", facts: { name: "picture.png" } });
    stop();
  });
});

describe("About this model", () => {
  const parts = () => dialog().getByRole("region").elements().length;

  it("begins with what concerns the node it was opened for, and shows the rest when asked to", async () => {
    view().openDialog("about", { id: "q1" });
    const choice = dialog().getByLabelText("Show");
    await expect.element(choice).toHaveValue("own");
    await expect.element(dialog().getByRole("heading", { name: "Quorum queues" })).toBeVisible();
    expect(dialog().getByRole("heading", { name: "Links", exact: true }).elements()).toHaveLength(0);
    const own = parts();
    await choice.selectOptions("Everything");
    await expect.element(dialog().getByRole("heading", { name: "Links", exact: true })).toBeVisible();
    await expect.poll(parts).toBeGreaterThan(own);
    await choice.selectOptions("Cluster");
    await expect.poll(parts).toBe(1);
  });

  it("says of each feature in words whether it is modelled", async () => {
    view().openDialog("about");
    await expect.element(dialog().getByText("Follows RabbitMQ 4.x", { exact: false })).toBeVisible();
    const item = (words: string) => dialog().getByRole("listitem").filter({ hasText: words });
    const mark = (words: string, name: string) => item(words).getByRole("img", { name, exact: true });
    await expect.element(mark("Priorities of classic queues", "Modelled")).toBeVisible();
    await expect.element(mark("Publisher confirms:", "Modelled, with simplifications")).toBeVisible();
    await expect.element(mark("Flow control inside the broker", "Not modelled")).toBeVisible();
  });
});

describe("the shortcuts", () => {
  afterEach(() => useView.setState({ keys: {} }));

  it("are chosen by pressing them, and say who lost them", async () => {
    view().openDialog("shortcuts");
    await dialog()
      .getByRole("button", { name: /^Copy: / })
      .click();
    await expect.element(dialog().getByRole("button", { name: "Press the new key…" })).toHaveFocus();
    await userEvent.keyboard("{Control>}v{/Control}");
    await expect
      .element(dialog().getByRole("status"))
      .toHaveTextContent(/“Copy” now has the key .*V.*“Paste” has lost it/);
    await expect.element(dialog().getByRole("button", { name: /^Copy: .*V/ })).toHaveFocus();
    await userEvent.keyboard("{Enter}{Escape}");
    await expect.element(dialog().getByRole("button", { name: /^Paste: no key/ })).toBeVisible();
    await dialog().getByRole("button", { name: "Standard keys for all" }).click();
    await expect.element(dialog().getByRole("button", { name: /^Paste: .*V/ })).toBeVisible();
  });
});

describe("every dialog", () => {
  it("closes with Escape and gives the focus back", async () => {
    await page.getByRole("button", { name: "opener" }).click();
    view().openDialog("shortcuts");
    await expect.element(dialog().getByRole("searchbox")).toHaveFocus();
    await userEvent.keyboard("{Escape}");
    await expect.element(page.getByRole("button", { name: "opener" })).toHaveFocus();
  });

  it("speaks Chinese at once", async () => {
    view().openDialog("settings");
    await expect.element(dialog().getByRole("heading", { name: "Preferences" })).toBeVisible();
    await setLanguage("zh");
    await expect.element(dialog().getByRole("heading", { name: "偏好设置" })).toBeVisible();
  });
});
