import type { Scenario } from '@quiesce/lab/scenario';

export const scenario: Scenario = {
  program: 'zfs',
  cases: [
    { name: 'version', args: ['version'] },
    { name: 'help', args: ['-?'] },
    { name: 'help zpool', program: 'zpool', args: ['-?'] },
  ],
};
