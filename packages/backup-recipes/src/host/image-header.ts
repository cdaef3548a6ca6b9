import { createCommand, OutputParseError, type Command } from '@quiesce/command';
import * as z from 'zod';

/** What an image says of other files that it needs. */
export interface ImageHeader {
  /** The image below it, as its header names it. */
  readonly backing: string | undefined;
  readonly backingFormat: string | undefined;
  /** The file that its data are in, where they are not in the image. */
  readonly dataFile: string | undefined;
}

/**
 * Reads the header of an image, and opens no other file. The format is given, since a raw image
 * holds what its guest wrote there. See qemu-img(1), `info`.
 */
export function imageHeaderCommand(options: { path: string; format: string }): Command {
  const words = ['info', '--force-share', '--output=json', '-f', options.format, '--', options.path];
  return createCommand('qemu-img', words, { effect: 'read' });
}

const schema = z.object({
  'backing-filename': z.string().optional(),
  'backing-filename-format': z.string().optional(),
  'format-specific': z.object({ data: z.looseObject({ 'data-file': z.string().optional() }) }).optional(),
});

/** Reads what {@link imageHeaderCommand} prints. */
export function parseImageHeader(stdout: string): ImageHeader {
  let json: unknown;
  try {
    json = JSON.parse(stdout);
  } catch (cause) {
    throw new OutputParseError('qemu-img did not tell of the image', { text: stdout, cause });
  }
  const { data } = schema.safeParse(json);
  if (data === undefined) throw new OutputParseError('qemu-img did not tell of the image', { text: stdout });
  return {
    backing: data['backing-filename'],
    backingFormat: data['backing-filename-format'],
    dataFile: data['format-specific']?.data['data-file'],
  };
}
