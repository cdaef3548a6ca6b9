import { createCommand, OutputParseError, type Command } from '@quiesce/command';

const readBytes = 80;

/**
 * Reads the first bytes of an image. QEMU is not asked to find out what it is: for that it may open
 * files that the image names, and of a raw image all is written by its guest. See od(1).
 */
export function firstBytesCommand(options: { path: string }): Command {
  const words = ['--address-radix=n', '--format=x1', '--output-duplicates', `--read-bytes=${String(readBytes)}`];
  return createCommand('od', [...words, '--', options.path], { effect: 'read' });
}

/** How images of QEMU's formats begin: where, and with which bytes. */
const beginnings: readonly (readonly [format: string, at: number, bytes: string])[] = [
  ['qcow2', 0, '514649fb'],
  ['qed', 0, '51454400'],
  ['vmdk', 0, '4b444d56'],
  ['vmdk', 0, '434f5744'],
  ['vmdk', 0, Buffer.from('# Disk DescriptorFile').toString('hex')],
  ['vdi', 64, '7f10dabe'],
  ['vhdx', 0, Buffer.from('vhdxfile').toString('hex')],
  ['vpc', 0, Buffer.from('conectix').toString('hex')],
  ['parallels', 0, Buffer.from('WithoutFreeSpace').toString('hex')],
  ['parallels', 0, Buffer.from('WithouFreSpacExt').toString('hex')],
];

/**
 * Tells the format of an image by what {@link firstBytesCommand} prints, as QEMU calls it. What
 * begins like no other is `raw`.
 */
export function parseImageFormat(stdout: string): string {
  const hex = stdout.replaceAll(/\s+/g, '');
  if (!/^(?:[0-9a-f]{2})*$/.test(hex)) throw new OutputParseError('od did not tell of the image', { text: stdout });
  const found = beginnings.find(([, at, bytes]) => hex.startsWith(bytes, at * 2));
  return found?.[0] ?? 'raw';
}
