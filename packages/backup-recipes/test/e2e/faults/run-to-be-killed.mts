// A backup in a process of its own, for a test to kill: it says on standard output when the moment
// has come.
import { sshTransport, sudo, type SshOptions } from '@quiesce/command';
import { lvmToZfsBackup, type LvmToZfsBackupOptions } from '../../../src/index.js';
import { brokenTransport } from './broken-transport.js';
import type { Fault } from './fault.js';

const { fault, options, ssh, withSudo } = JSON.parse(process.argv[2] ?? '') as {
  fault: Fault;
  options: LvmToZfsBackupOptions;
  ssh: SshOptions;
  withSudo: boolean;
};
const there = sshTransport(ssh);
const transport = brokenTransport(withSudo ? sudo(there) : there, fault, () => process.stdout.write('now\n'));
await lvmToZfsBackup({ ...options, transport }).run();
process.stdout.write('ended\n');
