// A boot test in a process of its own, for a test to kill: it says when its guest runs.
import process from 'node:process';
import { sshTransport, type SshOptions } from '@quiesce/command';
import { bootTest, type BootTestOptions } from '../../src/index.js';

const { options, ssh } = JSON.parse(process.argv[2] ?? '') as { options: BootTestOptions; ssh: SshOptions };
await bootTest({ ...options, transport: sshTransport(ssh) }).run({
  onEvent: (event) => {
    if (event.type === 'step' && event.step === 'watch') process.stdout.write('now\n');
  },
});
