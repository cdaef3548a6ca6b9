import type { Scenario } from '@quiesce/lab/scenario';
import { createDomains, disks, removeDomains } from './parts/domains.js';

export const scenario: Scenario = {
  program: 'virsh',
  setUp: createDomains,
  cases: [
    {
      name: 'batch',
      // Each command has its mark on both outputs, also one that fails.
      args: [
        `domstate --domain=${disks} --reason; echo mark-1; echo --err mark-1; ` +
          'suspend --domain=nosuch; echo mark-2; echo --err mark-2; ' +
          `suspend --domain=${disks}; echo mark-3; echo --err mark-3`,
      ],
    },
  ],
  tearDown: removeDomains,
};
