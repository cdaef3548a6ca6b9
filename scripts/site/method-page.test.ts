import { expect, it } from 'vitest';
import { commandsOf } from './method-page.js';

it.each([
  ['virsh.sendKey', ['virsh send-key']],
  ['zfs.pool.status', ['zpool status', 'zpool list']],
  ['zfs.run', []],
])('%s runs %j', (call, commands) => {
  expect(commandsOf(call)).toEqual(commands);
});
