import { describe, expect, it } from 'vitest';
import { acceleratorArguments, chooseAccelerator, describeChoice } from './accelerator.js';
import { judgeProbe, showsBoot } from './probe-kvm.js';

describe('chooseAccelerator', () => {
  it('takes KVM where a kernel booted on it', () => {
    expect(chooseAccelerator({ device: 'usable', booted: true }).accelerator).toBe('kvm');
  });
  it.each([
    [{ device: 'missing' }, '/dev/kvm does not exist'],
    [{ device: 'forbidden' }, '/dev/kvm may not be opened by this user'],
    [{ device: 'usable', booted: false }, '/dev/kvm exists, but no kernel boots on it'],
    [{ device: 'usable' }, '/dev/kvm exists, but a kernel took too long to boot on it'],
  ] as const)('falls back to emulation for %j and says why', (facts, reason) => {
    expect(chooseAccelerator(facts)).toEqual({ accelerator: 'tcg', reason });
    expect(describeChoice(chooseAccelerator(facts))).toBe(`using software emulation: ${reason}`);
  });
});

it('has the arguments of both', () => {
  expect(acceleratorArguments('kvm')).toEqual(['-accel', 'kvm', '-cpu', 'host']);
  expect(acceleratorArguments('tcg')).toEqual(['-accel', 'tcg,thread=multi', '-cpu', 'max,la57=off,-avx,-avx2']);
});

describe('showsBoot', () => {
  it('is content with a kernel that found no first process', () => {
    expect(showsBoot('[    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs')).toBe(true);
    expect(showsBoot('[    1.2] Run /init as init process')).toBe(true);
  });
  it('is not content with one that only began, or broke down on the way', () => {
    expect(showsBoot('[    0.0] Linux version 6.12.0-amd64')).toBe(false);
    expect(showsBoot('[    0.1] Kernel panic - not syncing: Attempted to kill the idle task!')).toBe(false);
  });
});

describe('judgeProbe', () => {
  const probe = { consoleText: '', messages: '', ended: true };
  it('is sure of a boot, of a QEMU that gave up, and of a kernel that KVM could not run', () => {
    expect(judgeProbe({ ...probe, consoleText: 'Run /init as init process', ended: false })).toBe(true);
    expect(judgeProbe(probe)).toBe(false);
    expect(judgeProbe({ ...probe, messages: 'KVM internal error. Suberror: 1', ended: false })).toBe(false);
  });
  it('is not sure of one that was only slow', () => {
    expect(judgeProbe({ ...probe, consoleText: '[    0.0] Linux version', ended: false })).toBeUndefined();
  });
});
