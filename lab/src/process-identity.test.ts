import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { findProcesses, identifyProcess, parseStartTime, stillRuns } from './process-identity.js';

describe('parseStartTime', () => {
  const after = 'S 1 42 42 0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 987654 1000 100';
  it('reads field 22', () => {
    expect(parseStartTime(`42 (qemu) ${after}`)).toBe('987654');
  });
  it('is not misled by the name of the program', () => {
    expect(parseStartTime(`42 (a) b (c) ${after}`)).toBe('987654');
  });
  it('takes a zombie for ended', () => {
    expect(parseStartTime(`42 (qemu) ${after.replace('S', 'Z')}`)).toBeUndefined();
  });
});

describe('stillRuns', () => {
  it('knows this process, and not another of its number', async () => {
    const identity = await identifyProcess(process.pid);
    if (identity === undefined) throw new Error('this process is not there');
    expect(await stillRuns(identity)).toBe(true);
    expect(await stillRuns({ ...identity, startTime: '1' })).toBe(false);
    expect(await stillRuns({ ...identity, bootId: 'another' })).toBe(false);
  });
});

it('finds a process by one of its arguments', async () => {
  const mark = `/nowhere/${process.pid}`;
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', mark]);
  await once(child, 'spawn');
  expect(await findProcesses(mark)).toEqual([child.pid]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await findProcesses(mark)).toEqual([]);
});
