import { lines, OutputParseError, type CallOptions, type Transport } from '@quiesce/command';
import type { StateAccess } from '../target/in-state.js';
import { checkManifestCommand, manifestPath, parseCheckRecord } from '../target/manifest.js';
import type { FolderState } from '../target/target-state.js';
import type { VerifiedFolder } from './report.js';

const firstDifferent = 100;

/** Where a folder of a state is, and what is to be in it. */
export interface CompareOptions extends CallOptions {
  /** How the files of the state are come by. */
  readonly access: StateAccess;
  readonly folder: FolderState;
  /** Is told how far it is. */
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
}

/** Compares a folder of a target with the checksums that its run kept, and reads all of it. */
export async function compareFolder(
  transport: Transport,
  { access: { at, wrap }, folder: state, onProgress, ...call }: CompareOptions,
): Promise<VerifiedFolder> {
  const { complete, folder, runId } = state;
  const nothing = { folder, runId, files: 0, bytes: 0, differences: 0, different: [] };
  if (!complete) return { ...nothing, outcome: 'incomplete' };
  const command = wrap(checkManifestCommand({ folder: `${at}/${folder}`, manifest: manifestPath(at, folder), runId }));
  const found = { files: 0, bytes: 0, differences: 0 };
  const different: string[] = [];
  let [total, done, ended] = [0, 0, false];
  for await (const line of lines(transport, command, { ...call, separator: '\0' })) {
    const record = parseCheckRecord(line);
    switch (record.kind) {
      case 'unknown':
        return { ...nothing, outcome: record.why === 'broken' ? 'broken' : 'unknown' };
      case 'total':
        total = record.bytes;
        break;
      case 'read':
        done += record.bytes;
        onProgress(Math.min(done, total), total);
        break;
      case 'different':
        found.differences += 1;
        if (different.length < firstDifferent) different.push(record.name);
        break;
      case 'files':
        found.files = record.count;
        break;
      case 'bytes':
        found.bytes = record.count;
        ended = true;
        break;
    }
  }
  // Each file that has a checksum was read, or differs.
  if (!ended || (found.differences === 0 && done !== total))
    throw new OutputParseError('the comparison with checksums was cut short', { command, text: '' });
  return { folder, runId, ...found, different, outcome: found.differences === 0 ? 'whole' : 'damaged' };
}
