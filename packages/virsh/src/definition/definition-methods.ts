import type { CommandRunner, MethodTable } from '@quiesce/command';
import type { DomainDefinition } from './domain-definition.js';
import { virshDumpxmlCommand, virshDumpxmlRows, type VirshDumpxmlOptions } from './dumpxml.js';
import {
  readMetadata,
  virshMetadataRemoveCommand,
  virshMetadataRows,
  virshMetadataSetCommand,
  virshMetadataSetRows,
  type VirshMetadataOptions,
  type VirshMetadataSetOptions,
} from './metadata.js';
import { parseVirshDumpxml } from './parse-domain-xml.js';

/** The methods of {@link Virsh} that read and change what a domain is made of. */
export interface DefinitionMethods {
  /**
   * Reads the definition of a domain: what it is made of, and its disks.
   *
   * @throws {@link DomainNotFoundError}
   *
   * @example
   * ```ts
   * const { disks, xml } = await virsh.dumpxml({ domain: 'MySQL' });
   * for (const { target, source } of disks)
   *   console.log(target, source.kind === 'file' ? source.file : source.kind);
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#dumpxml | virsh(1), dumpxml}
   */
  dumpxml(options: VirshDumpxmlOptions): Promise<DomainDefinition>;

  /**
   * Reads the XML element that a domain carries in a namespace.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link MetadataNotFoundError} when there is none.
   * @throws {@link DomainStateError} with `live`, when it does not run.
   *
   * @example
   * ```ts
   * const xml = await virsh.metadata({
   *   domain: 'MySQL',
   *   uri: 'https://example.net/backup',
   *   live: true,
   * });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#metadata | virsh(1), metadata}
   */
  metadata(options: VirshMetadataOptions): Promise<string>;

  /**
   * Gives a domain an XML element of a namespace, in place of the one it had.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} with `live`, when it does not run.
   *
   * @example
   * ```ts
   * const uri = 'https://example.net/backup';
   * await virsh.setMetadata({
   *   domain: 'MySQL',
   *   uri,
   *   key: 'backup',
   *   xml: '<run id="7"/>',
   *   live: true,
   * });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#metadata | virsh(1), metadata}
   */
  setMetadata(options: VirshMetadataSetOptions): Promise<void>;

  /**
   * Takes the XML element of a namespace from a domain. That there is none is no error.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} with `live`, when it does not run.
   *
   * @example
   * ```ts
   * await virsh.removeMetadata({ domain: 'MySQL', uri: 'https://example.net/backup', live: true });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#metadata | virsh(1), metadata}
   */
  removeMetadata(options: VirshMetadataOptions): Promise<void>;
}

/** The rows of {@link DefinitionMethods}. */
export const definitionTable: MethodTable<DefinitionMethods> = {
  dumpxml: { command: 'virsh dumpxml', rows: virshDumpxmlRows },
  metadata: { command: 'virsh metadata', rows: virshMetadataRows },
  setMetadata: { command: 'virsh metadata', rows: virshMetadataSetRows },
  removeMetadata: { command: 'virsh metadata', rows: virshMetadataRows },
};

/** Makes {@link DefinitionMethods}. */
export function definitionMethods(virsh: CommandRunner): DefinitionMethods {
  return {
    dumpxml: async (options) => virsh.read(virshDumpxmlCommand(options), options, parseVirshDumpxml),
    metadata: async (options) => readMetadata(virsh, options),
    setMetadata: async (options) => virsh.perform(virshMetadataSetCommand(options), options),
    removeMetadata: async (options) => virsh.perform(virshMetadataRemoveCommand(options), options),
  };
}
