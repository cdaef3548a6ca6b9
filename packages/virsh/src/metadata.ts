import { checkArgument, createCommand, InvalidArgumentError, type CallOptions, type Command } from '@quiesce/command';
import { checkUri, domainArgument } from './names.js';
import { parseXml } from './xml.js';

/** What {@link Virsh.metadata} and {@link Virsh.removeMetadata} take. */
export interface MetadataOptions extends CallOptions {
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
export interface SetMetadataOptions extends MetadataOptions {
  /** Prefix that stands for `uri` in the definition, as `backup`. */
  readonly key: string;
  /** One XML element without a namespace of its own, as `<run id="7"/>`. It replaces what was there. */
  readonly xml: string;
}

const maximumXmlBytes = 65_536;

function places({ live, config }: MetadataOptions): string[] {
  return [...(live === true ? ['--live'] : []), ...(config === true ? ['--config'] : [])];
}

function target(options: MetadataOptions): string[] {
  const uri = `--uri=${checkUri('uri', options.uri)}`;
  return ['metadata', domainArgument('domain', options.domain), uri, ...places(options)];
}

/** libvirt finds an element again only in the namespace that it gives it; one of its own hides it for good. */
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

/** Builds the command of {@link Virsh.metadata}. See virsh(1), `metadata`. */
export function metadataCommand(options: MetadataOptions): Command {
  if (options.live === true && options.config === true) {
    const expected = 'live or config: the two can differ, and only one can be shown';
    throw new InvalidArgumentError({ argument: 'config', value: true, expected });
  }
  return createCommand('virsh', target(options), { effect: 'read' });
}

/** Builds the command of {@link Virsh.setMetadata}. See virsh(1), `metadata`. */
export function setMetadataCommand(options: SetMetadataOptions): Command {
  const expected = 'the prefix of an XML name: letters, digits and _ . -, a letter first';
  const key = checkArgument('key', options.key, { pattern: /^[A-Za-z_][\w.-]*$/, expected, maximumBytes: 255 });
  const words = [`--key=${key}`, `--set=${checkXml('xml', options.xml)}`];
  return createCommand('virsh', [...target(options), ...words], { effect: 'write' });
}

/** Builds the command of {@link Virsh.removeMetadata}. See virsh(1), `metadata`. */
export function removeMetadataCommand(options: MetadataOptions): Command {
  return createCommand('virsh', [...target(options), '--remove'], { effect: 'write' });
}

/**
 * Reads what the command of {@link Virsh.metadata} prints. Undefined where there is none: virsh 11 prints nothing then
 * and exits 0, where virsh 9 fails.
 */
export function parseMetadata(stdout: string): string | undefined {
  const xml = stdout.trim();
  return xml === '' ? undefined : xml;
}
