/** Reading and writing RabbitMQ definitions: why a file cannot be used, and what became of what has no exact place on the other side (`definitions.<code>`). */
const definitions = {
  // Files that cannot be used.
  "empty-file":
    "The file is empty. Export the definitions again, for example with “rabbitmqctl export_definitions FILE”.",
  "too-large": "The file has {{length}} characters; at most {{max}} are read. Export one virtual host only.",
  "no-json":
    "This is not JSON: “{{text}}” in line {{line}}, column {{column}} cannot stand there. A broker would refuse the file as well.",
  "cut-off":
    "The file ends too early, in line {{line}}, column {{column}}: brackets or quotes are still open. A part of it is missing.",
  "trailing-comma":
    "There is a comma too many in line {{line}}, column {{column}}: nothing follows it before the bracket closes. Remove it; a broker refuses it as well.",
  "missing-comma": "After line {{line}}, column {{column}} a comma is missing before the next value.",
  comment: "There is a comment in line {{line}}, column {{column}} (“{{text}}”). JSON has no comments: remove it.",
  "placeholder-unquoted":
    "This is a template that has not been filled in: “{{text}}” in line {{line}}, column {{column}} stands for a value. Fill it in first.",
  "a-scenario": "This is a Weir scenario, not broker definitions. Open it as it is.",
  "no-definitions":
    "These are not RabbitMQ definitions ({{got}}): nothing in it is called queues, exchanges, bindings, vhosts, policies or permissions.",

  // Import.
  "vhost-chosen_one": "Of two virtual hosts “{{vhost}}” was imported; the other is {{others}}.",
  "vhost-chosen_other": "Of several virtual hosts “{{vhost}}” was imported; {{count}} others are {{others}}.",
  "nothing-here": "There is no exchange and no queue in the virtual host “{{vhost}}”: nothing to draw.",
  "traffic-added":
    "Attached {{producers}} producers to the entries and {{consumers}} consumers to the exits, at modest rates. Queues left without one, because messages only wait there to be passed on: {{waiting}}.",
  "consumers-shared":
    "{{queues}} queues share {{consumers}} consumers, by exchange: a document has at most {{max}} nodes.",
  "no-room-for-clients": "{{count}} queues got no consumer: a document has at most {{max}} nodes.",
  renamed: "“{{name}}” is drawn as “{{drawn}}”, because every node has its own name. To the broker it keeps its name.",
  "placeholder-kept": "“{{text}}” looks like a gap in a template. It was taken as it is.",
  repeated: "“{{name}}” is there twice; the first one counts.",
  "built-in-skipped": "“{{name}}” exists on every broker and nothing is connected to it; it is not drawn.",
  "unnamed-skipped": "This queue has no name; it was left out.",
  "default-binding-skipped":
    "The default exchange reaches “{{destination}}” by its name anyway; this binding was left out.",
  "binding-skipped":
    "The binding {{source}} → {{destination}} (“{{key}}”) was left out: “{{missing}}” is not in the file.",
  "binding-repeated": "The binding {{source}} → {{destination}} (“{{key}}”) is there twice; the broker keeps one.",
  "binding-weight":
    "{{name}}: the key “{{key}}” is not a weight from 1 to {{max}}, which a consistent-hash exchange wants. The weight is 1; the key is kept for the export.",
  "binding-match": "{{name}}: x-match {{value}} is not known; all headers must match.",
  "exchange-type-kept":
    "“{{name}}” has the type {{type}}, which this version does not run. It is kept for the export; messages that reach it go nowhere, and queues behind it are fed directly.",
  "default-queue-type":
    "{{count}} queues name no type and get the one that the virtual host “{{vhost}}” gives: {{type}}.",
  "argument-kept": "“{{name}}” has {{argument}} = {{value}}. It is kept for the export and has no effect here.",
  "argument-unusable":
    "“{{name}}” has {{argument}} = {{value}}, which no broker takes: it refuses to declare the queue, here as well. The value is kept for the export.",
  "argument-refused":
    "“{{name}}” has {{argument}} = {{value}}, which is not for {{type}} queues: a broker refuses to declare the queue, here as well.",
  "argument-too-long":
    "The argument {{argument}} of “{{name}}” is too long or too deeply nested to keep; it was left out.",
  "dead-letter-target-missing":
    "Dead letters of “{{name}}” go to “{{exchange}}”, which is not in the file: they are dropped.",
  "dead-letter-key-alone":
    "“{{name}}” has the dead-letter routing key “{{key}}” but no dead-letter exchange; a broker refuses to declare it.",
  "alternate-target-missing":
    "What “{{name}}” cannot route goes to “{{exchange}}”, which is not in the file: it is dropped.",
  "policy-applied_one": "Policy “{{name}}” is in force for {{count}} exchange or queue: {{keys}}.",
  "policy-applied_other": "Policy “{{name}}” is in force for {{count}} exchanges and queues: {{keys}}.",
  "policy-unused":
    "Policy “{{name}}” is in force nowhere: nothing matches {{pattern}}, or a policy with a higher priority comes first.",
  "policy-keys-kept": "Policy “{{name}}”: {{keys}} is kept for the export and has no effect here.",
  "policy-skipped": "Policy “{{name}}” was left out: it applies to “{{applyTo}}”, or says something too long to keep.",
  "policies-cut": "Of {{count}} policies only {{max}} were kept.",
  "users-cut": "Of {{count}} users only {{max}} were kept.",
  "passwords-discarded_one": "The password of {{count}} user was not read; the rights are kept by name: {{names}}.",
  "passwords-discarded_other":
    "The passwords of {{count}} users were not read; their rights are kept by name: {{names}}.",
  "user-not-defined": "Rights are given to users that the file does not define: {{names}}.",
  "topic-permissions-discarded_one":
    "{{count}} topic permission was left out: {{names}}. Rights on single topics are not modelled.",
  "topic-permissions-discarded_other":
    "{{count}} topic permissions were left out: {{names}}. Rights on single topics are not modelled.",
  "shovel-discarded":
    "The shovel “{{name}}” was left out: nothing moves messages between brokers here. A service can stand for it.",
  "federation-discarded":
    "The federation setting “{{name}}” ({{component}}) was left out: brokers are not linked here.",
  "parameter-discarded": "The parameter “{{name}}” ({{component}}) was left out.",
  "global-parameters-discarded": "Parameters of the whole cluster were left out: {{names}}.",
  "vhost-limits-discarded": "The limits of the virtual host “{{vhost}}” were left out.",
  "key-ignored": "“{{name}}” is no part of definitions that this version knows; it was left out.",

  // Export.
  "clients-not-exported_one": "{{count}} client has no equivalent in definitions: {{names}}.",
  "clients-not-exported_other": "{{count}} clients have no equivalent in definitions: {{names}}.",
  "links-not-exported_one":
    "The network settings of {{count}} connection have no equivalent: latency, bandwidth, loss.",
  "links-not-exported_other":
    "The network settings of {{count}} connections have no equivalent: latency, bandwidth, loss.",
  "users-needed":
    "The permissions name users that must exist on the broker before the file is loaded, because passwords are not in it: {{names}}.",
  "broker-settings-not-exported": "Settings of “{{name}}” without an equivalent: {{settings}}.",
  "exclusive-not-exported":
    "“{{name}}” is exclusive to one connection, which definitions cannot say; it is written as a shared queue.",
  "built-in-not-exported": "Exchanges that every broker has are not written, only their bindings: {{names}}.",
  "kinds-not-exported_one": "{{count}} node has no equivalent in definitions: {{names}}.",
  "kinds-not-exported_other": "{{count}} nodes have no equivalent in definitions: {{names}}.",
  "script-not-exported_one": "{{count}} entry of the timeline and alerts has no equivalent.",
  "script-not-exported_other": "{{count}} entries of the timeline and alerts have no equivalent.",
  "vhost-renamed": "Two brokers have the virtual host “{{vhost}}”; one is written as “{{now}}”.",
  "nothing-to-export": "There is no exchange and no queue to write.",

  // Lists of Kafka topics.
  "internal-topic-skipped": "Kafka’s own topics were left out: {{names}}.",
  "topic-config-ignored": "“{{name}}” has settings that have no place here: {{configs}}.",
  "topics-cut": "{{count}} topics were left out: a document has at most {{max}} nodes.",
  "too-many-partitions": "“{{name}}” has {{got}} partitions; {{max}} are drawn.",
  "too-many-replicas": "“{{name}}” has {{got}} replicas; {{max}} are drawn.",
  "too-many-brokers": "“{{name}}” has {{got}} brokers; {{max}} are drawn.",
} as const;

export default definitions;
