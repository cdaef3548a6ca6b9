import { checkOptions, type CallOptions, type Command, type CommandRunner, type Rows } from '@quiesce/command';
import { readProperties, zfsGetCommand } from '../dataset/get.js';
import { datasetRow } from '../names.js';

/** What {@link Zfs.resumeToken} takes. */
export interface ZfsResumeTokenOptions extends CallOptions {
  /** The file system or volume that was received into. */
  readonly dataset: string;
}

/** The words of {@link ZfsResumeTokenOptions}. */
export const zfsResumeTokenRows: Rows<ZfsResumeTokenOptions> = { dataset: datasetRow };

const property = 'receive_resume_token';

/** Builds the command of {@link Zfs.resumeToken}. See zfs-receive(8). */
export function zfsResumeTokenCommand(options: ZfsResumeTokenOptions): Command {
  const { dataset } = checkOptions<ZfsResumeTokenOptions>(zfsResumeTokenRows, options);
  return zfsGetCommand({ datasets: dataset, properties: property });
}

/** Runs what {@link Zfs.resumeToken} runs. */
export async function readResumeToken(zfs: CommandRunner, options: ZfsResumeTokenOptions): Promise<string | undefined> {
  const { dataset, ...call } = checkOptions<ZfsResumeTokenOptions>(zfsResumeTokenRows, options);
  const found = await readProperties(zfs, { ...call, datasets: dataset, properties: property });
  return found[dataset]?.[property]?.value;
}
