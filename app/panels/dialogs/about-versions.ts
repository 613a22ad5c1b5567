import { kindSpec, type Scenario, type ScenarioNode, settingsOf } from "../../../engine/scenario/index.ts";
import { brokerOf } from "../../../engine/scenario/topology.ts";

/** What everything outside of broker frames follows. */
const IMPLICIT = "4";

const versionOf = (broker: ScenarioNode | undefined): string => {
  const version = broker === undefined ? IMPLICIT : settingsOf(broker).version;
  return typeof version === "string" ? version : IMPLICIT;
};

/** The version of RabbitMQ that an exchange, queue or broker follows; for anything else those of all brokers of the document, each once. */
export function versionsFollowed(scenario: Scenario, node: ScenarioNode | undefined): string[] {
  if (node !== undefined && kindSpec(node.kind)?.group === "rabbitmq")
    return [versionOf(node.kind === "broker" ? node : brokerOf(scenario, node))];
  const brokers = scenario.nodes.filter(({ kind }) => kind === "broker");
  return brokers.length === 0 ? [IMPLICIT] : [...new Set(brokers.map(versionOf))];
}
