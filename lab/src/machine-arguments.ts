import { acceleratorArguments, type Accelerator } from './accelerator.js';
import { disks } from './disks.js';

/** The lab's machine, as QEMU is told of it. */
export interface MachineOptions {
  /**
   * Folder of the machine: QEMU's working directory, with its disks, its socket and its log. An
   * absolute path.
   */
  readonly directory: string;
  /** Kernel file. */
  readonly kernel: string;
  /** Initial RAM disk of that kernel. */
  readonly initialRamdisk: string;
  readonly accelerator: Accelerator;
  /** Port on 127.0.0.1 that leads to the lab's SSH server. */
  readonly sshPort: number;
  /** Whether the machine waits for a saved state instead of booting. */
  readonly restored: boolean;
}

/** File names inside a machine's folder. */
export const machineFiles = {
  processId: 'qemu.pid',
  controlSocket: 'qmp.sock',
  console: 'console.log',
  messages: 'qemu.log',
} as const;

/** Name of the network card, for its link to be cut. */
export const networkName = 'net0';

const kernelArguments = [
  ...['root=/dev/vda', 'rw', 'console=ttyS0', 'loglevel=4', 'net.ifnames=0', 'panic=-1'],
  // The lab guards nothing, and emulating what guards against its own processor costs a third of
  // its speed.
  ...['mitigations=off', 'audit=0'],
  // Programs at other addresses every time take the emulator twice as long: docs/decisions/0018.
  'norandmaps',
];

/**
 * The absolute path that a machine's process has among its arguments, and no other process: how it
 * is recognized.
 */
export function machineMark(directory: string): string {
  return `${directory}/${machineFiles.processId}`;
}

function diskArguments(serial: string): readonly string[] {
  return [
    '-drive',
    // Nothing in a lab outlives a crash of the host, so nothing has to wait for the host's disks.
    `if=none,id=${serial},file=${serial}.qcow2,format=qcow2,cache=unsafe,discard=unmap`,
    '-device',
    `virtio-blk-pci,drive=${serial},serial=${serial}`,
  ];
}

/** The arguments of `qemu-system-x86_64`. It has to be started in the machine's folder. */
export function machineArguments(options: MachineOptions): readonly string[] {
  return [
    ...['-name', 'quiesce-lab', '-pidfile', machineMark(options.directory)],
    // One version of the machine, because a saved state fits no other.
    ...['-machine', 'pc-q35-6.2', ...acceleratorArguments(options.accelerator), '-smp', '2', '-m', '3072'],
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...['-serial', `file:${machineFiles.console}`],
    ...['-qmp', `unix:${machineFiles.controlSocket},server=on,wait=off`],
    ...['-kernel', options.kernel, '-initrd', options.initialRamdisk, '-append', kernelArguments.join(' ')],
    // restrict: from inside, no network but this port can be reached.
    ...['-netdev', `user,id=${networkName},restrict=on,hostfwd=tcp:127.0.0.1:${options.sshPort}-:22`],
    ...['-device', `virtio-net-pci,netdev=${networkName},romfile=`, '-device', 'virtio-rng-pci'],
    ...disks.flatMap(({ serial }) => diskArguments(serial)),
    ...(options.restored ? ['-incoming', 'defer'] : []),
  ];
}
