// A backup on the machine that this runs on: bundled into one file and run inside the lab.
import process from 'node:process';
import { localTransport } from '@quiesce/command';
import { BackupFailedError, lvmToZfsBackup, reconcile, type LvmToZfsBackupOptions } from '../../src/index.js';
import { brokenTransport } from './faults/broken-transport.js';
import type { Fault } from './faults/fault.js';

const { fault, options } = JSON.parse(process.argv[2] ?? '') as { fault?: Fault; options: LvmToZfsBackupOptions };
const transport = brokenTransport(localTransport(), fault, () => process.kill(process.pid, 'SIGKILL'));
try {
  const report = await lvmToZfsBackup({ ...options, transport }).run();
  console.log(JSON.stringify({ report, undone: (await reconcile().run()).undone }));
} catch (error) {
  if (!BackupFailedError.isInstance(error)) throw error;
  console.log(JSON.stringify({ report: error.report }));
}
