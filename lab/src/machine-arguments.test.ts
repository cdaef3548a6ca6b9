import { describe, expect, it } from 'vitest';
import { disks } from './disks.js';
import { machineArguments, machineMark } from './machine-arguments.js';

const options = {
  directory: '/cache/instances/default',
  kernel: '/cache/images/1/vmlinuz',
  initialRamdisk: '/cache/images/1/initrd.img',
  accelerator: 'tcg',
  sshPort: 2222,
  restored: false,
} as const;

const diskWords = disks.flatMap(({ serial }) => [
  '-drive',
  `if=none,id=${serial},file=${serial}.qcow2,format=qcow2,cache=unsafe,discard=unmap`,
  '-device',
  `virtio-blk-pci,drive=${serial},serial=${serial}`,
]);

describe('machineArguments', () => {
  it('boots the image: defaults', () => {
    expect(machineArguments(options)).toEqual([
      ...['-name', 'quiesce-lab', '-pidfile', '/cache/instances/default/qemu.pid'],
      ...[
        '-machine',
        'pc-q35-6.2',
        '-accel',
        'tcg,thread=multi',
        '-cpu',
        'max,la57=off,-avx,-avx2',
        '-smp',
        '2',
        '-m',
        '3072',
      ],
      ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
      ...['-serial', 'file:console.log', '-qmp', 'unix:qmp.sock,server=on,wait=off'],
      ...['-kernel', '/cache/images/1/vmlinuz', '-initrd', '/cache/images/1/initrd.img', '-append'],
      'root=/dev/vda rw console=ttyS0 loglevel=4 net.ifnames=0 panic=-1 mitigations=off audit=0 norandmaps',
      ...['-netdev', 'user,id=net0,restrict=on,hostfwd=tcp:127.0.0.1:2222-:22'],
      ...['-device', 'virtio-net-pci,netdev=net0,romfile=', '-device', 'virtio-rng-pci'],
      ...diskWords,
    ]);
  });

  it('waits for a saved state: all options', () => {
    const restored = machineArguments({ ...options, accelerator: 'kvm', restored: true });
    expect(restored).toContain('host');
    expect(restored.slice(-2)).toEqual(['-incoming', 'defer']);
  });

  it('carries the mark by which its process is found', () => {
    expect(machineArguments(options)).toContain(machineMark(options.directory));
  });

  it('has the root disk first, and serial numbers that virtio can hold', () => {
    expect(disks[0]?.serial).toBe('root');
    for (const { serial } of disks) expect(serial.length).toBeLessThanOrEqual(20);
  });
});
