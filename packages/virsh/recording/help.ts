import type { Scenario } from '@quiesce/lab/scenario';

export const scenario: Scenario = {
  program: 'virsh',
  cases: [{ name: 'help', args: ['help'] }],
};
