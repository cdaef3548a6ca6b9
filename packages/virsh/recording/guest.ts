import type { Scenario } from '@quiesce/lab/scenario';
import { createDomains, disks, removeDomains, running } from './parts/domains.js';

const sendKey = (domain: string, ...words: readonly string[]): readonly string[] => {
  return ['send-key', `--domain=${domain}`, ...words];
};

export const scenario: Scenario = {
  program: 'virsh',
  setUp: createDomains,
  cases: [
    { name: 'sendkey-bad', args: sendKey(running, '--codeset=linux', 'KEY_BOGUS') },
    { name: 'sendkey-bad2', args: sendKey(running, '--codeset=usb', '300') },
    { name: 'sendkey-many', args: sendKey(running, ...Array.from({ length: 17 }, () => 'KEY_A')) },
    { name: 'sendkey-shut-off', args: sendKey(disks, 'KEY_A') },
  ],
  tearDown: removeDomains,
};
