import type { Scenario } from '@quiesce/lab/scenario';

export const scenario: Scenario = {
  program: 'lvm',
  cases: [{ name: 'help', args: ['help'] }],
};
