import type { Scenario } from '@quiesce/lab/scenario';
import { createDomains, disks, guest, removeDomains, running, runningWord } from './parts/domains.js';

export const scenario: Scenario = {
  program: 'virsh',
  setUp: createDomains,
  cases: [
    { name: 'list', args: ['list', '--uuid', '--id', '--name', '--all'] },
    { name: 'domstate-running', args: ['domstate', `--domain=${running}`, '--reason'] },
    {
      name: 'domstate-paused',
      before: `virsh suspend ${runningWord}`,
      args: ['domstate', `--domain=${running}`, '--reason'],
    },
    { name: 'domstate-off', args: ['domstate', `--domain=${disks}`, '--reason'] },
    {
      name: 'domstats',
      before: `virsh resume ${runningWord}`,
      args: ['domstats', '--raw', disks, running],
    },
    { name: 'domstats-paused', args: ['domstats', '--raw', '--state', disks, running] },
    { name: 'domstats-guest', args: ['domstats', '--raw', guest] },
  ],
  tearDown: removeDomains,
};
