import { brokerNameOf, type SettingValue } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { PoliciesEditor, UsersEditor } from "./broker.tsx";
import { BackoffEditor, DistEditor, KeyEditor, PatternEditor } from "./compound.tsx";
import type { EditorProps } from "./editor.ts";
import { ListEditor, LocalTextEditor, PriorityEditor } from "./lists.tsx";
import { BoolEditor, ChoiceEditor, NumberEditor, TextEditor } from "./simple.tsx";
import { TableEditor } from "./tables.tsx";

/** Settings that name an exchange of the document: its exchanges are suggested while typing. */
const NAMES_EXCHANGE: ReadonlySet<string> = new Set(["deadLetterExchange", "alternate"]);

function ExchangeNameEditor(props: EditorProps) {
  const nodes = useDocument((s) => s.scenario.nodes);
  const names = nodes.filter((node) => node.kind === "exchange").map(brokerNameOf);
  return <TextEditor {...props} suggestions={names} />;
}

/** The control for one type of field. @param around all settings beside it */
export function Editor({ around, ...props }: EditorProps & { around: (name: string) => SettingValue }) {
  switch (props.field.type) {
    case "bool":
      return <BoolEditor {...props} />;
    case "choice":
      return <ChoiceEditor {...props} />;
    case "text":
      return NAMES_EXCHANGE.has(props.field.name) ? <ExchangeNameEditor {...props} /> : <TextEditor {...props} />;
    case "localText":
      return <LocalTextEditor {...props} />;
    case "dist":
      return <DistEditor {...props} />;
    case "pattern": {
      const rate = around("rate");
      return <PatternEditor {...props} baseRate={typeof rate === "number" ? rate : 0} />;
    }
    case "key":
      return <KeyEditor {...props} />;
    case "priority":
      return <PriorityEditor {...props} />;
    case "backoff":
      return <BackoffEditor {...props} />;
    case "table":
      return <TableEditor {...props} />;
    case "list":
      return <ListEditor {...props} />;
    case "users":
      return <UsersEditor {...props} />;
    case "policies":
      return <PoliciesEditor {...props} />;
    default:
      return <NumberEditor {...props} />;
  }
}

/** Types whose control needs the whole width, below the label. */
export const isWide = (type: EditorProps["field"]["type"]): boolean =>
  ["table", "list", "users", "policies", "localText"].includes(type);

/** Types whose value has parts, which go below the field's own line. */
export const isCompound = (type: EditorProps["field"]["type"]): boolean =>
  ["dist", "pattern", "key", "priority", "backoff"].includes(type);

/** Types whose control is several controls with names of their own: the field's name belongs to all of them together. */
export const isGroup = (type: EditorProps["field"]["type"]): boolean =>
  ["table", "list", "users", "policies"].includes(type);
