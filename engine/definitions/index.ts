/** RabbitMQ definitions: reading them, drawing them, writing them; lists of Kafka topics: reading and drawing them. */

export { FAULT_CODES, type FaultCode, NOTICE_CODES, type NoticeCode } from "./codes.ts";
export { type ExportedDefinitions, type ExportOptions, exportDefinitions } from "./export.ts";
export { type DefinitionsFile, usualVhost, type VhostSummary, vhostsOf } from "./file.ts";
export { type ImportCounts, type ImportedDefinitions, type ImportOptions, importDefinitions } from "./import.ts";
export { DEFINITIONS_LENGTH_MAX, type DefinitionsFault, type ReadDefinitions, readDefinitions } from "./parse.ts";
export { type ImportedTopics, importTopics, looksLikeTopics } from "./topics.ts";
