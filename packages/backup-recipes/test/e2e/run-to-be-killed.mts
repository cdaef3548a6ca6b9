// A backup in a process of its own, for a test to kill: it says on standard output when LVM begins to make a snapshot.
import { sshTransport, type SshOptions } from '@quiesce/command';
import { lvmToZfsBackup, type LvmToZfsBackupOptions } from '../../src/index.js';
import { isLvm, watched } from './watched.js';

const { ssh, options } = JSON.parse(process.argv[2] ?? '') as { ssh: SshOptions; options: LvmToZfsBackupOptions };
const transport = watched((command) => {
  if (isLvm(command, 'lvconvert')) process.stdout.write('paused\n');
}, sshTransport(ssh));
await lvmToZfsBackup({ ...options, transport }).run();
