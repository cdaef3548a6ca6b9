import {
  argumentWords,
  checkArgument,
  checkedWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { MetadataNotFoundError } from '../errors.js';
import { checkUri, domainRow } from '../names.js';
import { parseXml } from '../xml.js';

/** What {@link Virsh.metadata} and {@link Virsh.removeMetadata} take. */
export interface VirshMetadataOptions extends CallOptions {
  /** Name or UUID of the domain. */
  readonly domain: string;
  /** The namespace that the metadata belongs to, as `https://example.net/backup`. */
  readonly uri: string;
  /**
   * The metadata of the running domain, which goes away when it ends.
   * @default false: of the running domain if it runs, else of its definition
   */
  readonly live?: boolean;
  /**
   * The metadata of the definition that the next start will use. With `live` both are changed.
   * @default false
   */
  readonly config?: boolean;
}

/** What {@link Virsh.setMetadata} takes. */
export interface VirshMetadataSetOptions extends VirshMetadataOptions {
  /** Prefix that stands for `uri` in the definition, as `backup`. */
  readonly key: string;
  /**
   * One XML element without a namespace of its own, as `<run id="7"/>`. It replaces what was there.
   */
  readonly xml: string;
}

const maximumXmlBytes = 65_536;

/**
 * libvirt finds an element again only in the namespace that it gives it; one of its own hides it
 * for good.
 */
function checkXml(argument: string, value: string): string {
  const fail = (cause?: unknown): never => {
    const expected = `one XML element without a prefix or an xmlns of its own, ${maximumXmlBytes} bytes at most`;
    throw new InvalidArgumentError({ argument, value, expected, cause });
  };
  if (Buffer.byteLength(value) > maximumXmlBytes || !value.trimStart().startsWith('<')) fail();
  try {
    const { name, attributes } = parseXml(value);
    if (name.includes(':') || attributes.has('xmlns')) fail();
  } catch (error) {
    if (InvalidArgumentError.isInstance(error)) throw error;
    fail(error);
  }
  return value;
}

const prefix = {
  pattern: /^[A-Za-z_][\w.-]*$/,
  expected: 'the prefix of an XML name: letters, digits and _ . -, a letter first',
  maximumBytes: 255,
};

/** The words of {@link VirshMetadataOptions}. */
export const virshMetadataRows: Rows<VirshMetadataOptions> = {
  domain: domainRow,
  uri: { kind: 'text', option: '--uri=', check: checkUri, sample: 'https://example.net/backup', required: true },
  live: { kind: 'flag', option: '--live' },
  config: { kind: 'flag', option: '--config' },
};

/** The words of {@link VirshMetadataSetOptions}. */
export const virshMetadataSetRows: Rows<VirshMetadataSetOptions> = {
  ...virshMetadataRows,
  key: {
    kind: 'text',
    option: '--key=',
    check: (argument, value) => checkArgument(argument, value, prefix),
    sample: 'backup',
    required: true,
  },
  xml: { kind: 'text', option: '--set=', check: checkXml, sample: '<run id="7"/>', required: true },
};

/** Builds the command of {@link Virsh.metadata}. See virsh(1), `metadata`. */
export function virshMetadataCommand(options: VirshMetadataOptions): Command {
  const checked = checkOptions<VirshMetadataOptions>(virshMetadataRows, options);
  if (checked.live === true && checked.config === true) {
    const expected = 'live or config: the two can differ, and only one can be shown';
    throw new InvalidArgumentError({ argument: 'config', value: true, expected });
  }
  return createCommand('virsh', ['metadata', ...argumentWords(virshMetadataRows, checked)], { effect: 'read' });
}

/** Builds the command of {@link Virsh.setMetadata}. See virsh(1), `metadata`. */
export function virshMetadataSetCommand(options: VirshMetadataSetOptions): Command {
  return createCommand('virsh', ['metadata', ...checkedWords(virshMetadataSetRows, options)], { effect: 'write' });
}

/** Builds the command of {@link Virsh.removeMetadata}. See virsh(1), `metadata`. */
export function virshMetadataRemoveCommand(options: VirshMetadataOptions): Command {
  const words = checkedWords(virshMetadataRows, options);
  return createCommand('virsh', ['metadata', ...words, '--remove'], { effect: 'write' });
}

/**
 * Reads what the command of {@link Virsh.metadata} prints. Undefined where there is none: virsh 11
 * prints nothing then and exits 0, where virsh 9 fails.
 */
export function parseVirshMetadata(stdout: string): string | undefined {
  const xml = stdout.trim();
  return xml === '' ? undefined : xml;
}

/** Runs what {@link Virsh.metadata} runs. */
export async function readMetadata(virsh: CommandRunner, options: VirshMetadataOptions): Promise<string> {
  const output = await virsh.run(virshMetadataCommand(options), options);
  const xml = parseVirshMetadata(output.stdout);
  if (xml === undefined) throw MetadataNotFoundError.create({ ...output, reason: 'metadata not found' });
  return xml;
}
