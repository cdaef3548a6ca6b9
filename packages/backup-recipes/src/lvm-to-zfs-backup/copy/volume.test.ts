import { toShell } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { createClients } from '../../clients.js';
import { Journal } from '../../journal.js';
import { resolveOptions } from '../options/resolve-options.js';
import type { VolumeFacts } from '../preflight/host-facts.js';
import type { ProgressEvent } from '../report/events.js';
import type { BackupStep } from '../report/report.js';
import { untouched, type BackupJournal, type RunState } from '../run-state.js';
import { copyVolume } from './volume.js';

const facts: VolumeFacts = {
  ...{ volumeGroup: 'SSD', name: 'images', path: '/dev/SSD/images', folderName: 'SSD.images' },
  ...{ snapshotName: 'images.1', snapshotPath: '/dev/SSD/images.1', snapshotMapperName: 'SSD-images.1' },
  ...{
    mountFolder: '/run/backup/1/SSD.images',
    snapshotSizeBytes: 1,
    fileSystem: 'ext4',
    isChecked: true,
    mountPoint: undefined,
  },
};

/**
 * The first commands of the copy of a volume, and the steps that it came to. rsync does nothing.
 */
async function begin(changed: Partial<VolumeFacts>): Promise<{ commands: string[]; steps: string[] }> {
  const transport = scriptedTransport(() => ({}));
  const options = resolveOptions({ domains: [], volumes: [facts.path], target: 'archives/backups', transport });
  const journal: BackupJournal = new Journal<BackupStep, ProgressEvent>('preflight', undefined);
  const { signal } = new AbortController();
  const nothing = { runId: undefined, complete: undefined };
  const volume = untouched({ ...facts, ...changed });
  const state: RunState = {
    ...{
      runId: '1-0badf00d',
      isDry: false,
      options,
      transport,
      clients: createClients({ transport }),
      journal,
      startedAtMs: 0,
    },
    ...{ signal, copySignal: signal, volumes: [volume], folders: new Map(), domains: [], leftovers: [] },
    sinceStart: (atMs) => atMs,
    hooks: { has: () => false, call: () => Promise.resolve(), tell: () => Promise.resolve() },
    lockCertain: () => Promise.resolve(),
    facts: {
      ...{ epochSeconds: 1, connectUri: undefined, domains: [], disksOn: new Map(), volumes: [volume.facts] },
      ...{ targetFolder: '/archives/backups', zfsSnapshot: 'archives/backups@daily.1', warnings: [] },
      ...{ provenance: nothing, properties: nothing, verified: undefined, state: '', hostMounts: [], guests: [] },
    },
  };
  await copyVolume(state, volume, Promise.resolve());
  return {
    commands: transport.commands.slice(0, 2).map((command) => toShell(command)),
    steps: journal.steps.map(({ step }) => step),
  };
}

describe('copyVolume', () => {
  it('checks the file system before it mounts it', async () => {
    const { commands, steps } = await begin({});
    expect(commands).toEqual([
      'fsck -p /dev/SSD/images.1',
      `mount -o ro -- ${facts.snapshotPath} ${facts.mountFolder}`,
    ]);
    expect(steps.slice(0, 2)).toEqual(['check', 'mount']);
  });

  it('mounts an xfs at once, beside the origin that has its UUID', async () => {
    const { commands, steps } = await begin({ fileSystem: 'xfs', isChecked: false });
    expect(commands[0]).toBe(`mount -o ro,nouuid -- ${facts.snapshotPath} ${facts.mountFolder}`);
    expect(steps[0]).toBe('mount');
    expect(steps).not.toContain('check');
  });
});
