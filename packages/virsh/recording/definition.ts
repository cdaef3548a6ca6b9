import type { Scenario } from '@quiesce/lab/scenario';
import { createDomains, disks, guest, metadataUri, removeDomains, running } from './parts/domains.js';

const metadata = (...words: readonly string[]): readonly string[] => ['metadata', `--domain=${disks}`, ...words];

export const scenario: Scenario = {
  program: 'virsh',
  setUp: createDomains,
  cases: [
    { name: 'dumpxml-running', args: ['dumpxml', `--domain=${running}`] },
    { name: 'dumpxml-disks', args: ['dumpxml', `--domain=${disks}`] },
    { name: 'dumpxml-guest', args: ['dumpxml', `--domain=${guest}`] },
    { name: 'metadata-none', args: metadata(`--uri=${metadataUri}`) },
    {
      name: 'metadata-get',
      before: `virsh metadata ${disks} ${metadataUri} --config --key q --set '<run id="7">a &amp; b</run>'`,
      args: metadata(`--uri=${metadataUri}`),
    },
    {
      name: 'metadata-live-off',
      args: metadata(`--uri=${metadataUri}`, '--live', '--key=q', '--set=<run/>'),
    },
    { name: 'metadata-badxml', args: metadata(`--uri=${metadataUri}`, '--config', '--key=q', '--set=<a') },
  ],
  tearDown: removeDomains,
};
