import type { Scenario } from '@quiesce/lab/scenario';
import { createDomains, disks, removeDomains, running, runningWord } from './parts/domains.js';

const none = '00000000-0000-0000-0000-000000000100';
/** Shell for the process of QEMU that is the running domain. */
const qemu = `$(ps -C qemu-system-x86 -o pid=,args= | awk '/${runningWord}/ { print $1 }')`;

export const scenario: Scenario = {
  program: 'virsh',
  setUp: createDomains,
  cases: [
    { name: 'not-found', args: ['suspend', '--domain=nosuch'] },
    { name: 'not-found-uuid', args: ['suspend', `--domain=${none}`] },
    { name: 'not-found-quote', args: ['suspend', "--domain=it's 'q' n"] },
    { name: 'suspend-shut-off', args: ['suspend', `--domain=${disks}`] },
    { name: 'resume-running', args: ['resume', `--domain=${running}`] },
    {
      name: 'locked',
      // A process of QEMU that is stopped does not answer, and keeps the domain's lock.
      before: `
        kill -STOP ${qemu}
        virsh suspend ${runningWord} >/dev/null 2>&1 &
        sleep 3
      `,
      args: ['resume', `--domain=${running}`],
    },
  ],
  tearDown: `
    kill -CONT ${qemu}
    ${removeDomains}
  `,
};
