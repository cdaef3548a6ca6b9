import type { Scenario } from '@quiesce/lab/scenario';

export const scenario: Scenario = {
  program: 'rsync',
  cases: [
    { name: 'version', args: ['--version', '--version'] },
    { name: 'version-prose', args: ['--version'] },
    { name: 'help', args: ['--help'] },
  ],
};
