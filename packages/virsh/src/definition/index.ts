export { type DiskSource, type DomainDefinition, type DomainDisk } from './domain-definition.js';
export { virshDumpxmlCommand, type VirshDumpxmlOptions } from './dumpxml.js';
export {
  parseVirshMetadata,
  virshMetadataCommand,
  virshMetadataRemoveCommand,
  virshMetadataSetCommand,
  type VirshMetadataOptions,
  type VirshMetadataSetOptions,
} from './metadata.js';
export { parseVirshDumpxml } from './parse-domain-xml.js';
export type { DefinitionMethods } from './definition-methods.js';
