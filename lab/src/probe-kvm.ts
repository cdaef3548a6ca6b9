import { constants } from 'node:fs';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, release as hostKernel, tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import {
  acceleratorArguments,
  chooseAccelerator,
  describeChoice,
  type AcceleratorChoice,
  type KvmFacts,
} from './accelerator.js';
import type { BuildOptions } from './build-image.js';
import type { Cache } from './cache.js';
import { endedWithThisProcess } from './death-signal.js';
import { runHostCommand } from './host-command.js';
import { programPath } from './host-packages.js';
import type { Image } from './image.js';
import { inStep } from './progress.js';

const device = '/dev/kvm';
/** A kernel that runs on the processor itself is through in two seconds. */
const probeLimitMs = 15_000;

/** The first line of `qemu-system-x86_64 --version`. */
export async function readQemuVersion(): Promise<string> {
  return (await runHostCommand('qemu-system-x86_64', ['--version'])).split('\n')[0] ?? '';
}

/**
 * Chooses the accelerator for this host. A sure answer of a real boot is remembered until the host
 * changes.
 */
export async function probeAccelerator(
  cache: Cache,
  image: Image,
  { onProgress, signal }: BuildOptions = {},
): Promise<AcceleratorChoice> {
  return inStep(onProgress, 'Choosing an accelerator', async (onDetail) => {
    const choice = chooseAccelerator(await findKvmFacts(cache, image, signal));
    onDetail(describeChoice(choice));
    return choice;
  });
}

async function findKvmFacts(cache: Cache, image: Image, signal: AbortSignal | undefined): Promise<KvmFacts> {
  const permission = await access(device, constants.R_OK | constants.W_OK).then(
    () => 'usable' as const,
    (error: unknown) => ((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'forbidden'),
  );
  if (permission !== 'usable') return { device: permission };
  const file = path.join(cache.root, 'kvm-probe.json');
  const host = [await readQemuVersion(), hostKernel(), cpus()[0]?.model ?? ''].join(' | ');
  const remembered = parseProbe(await readFile(file, 'utf8').catch(() => '{}'));
  if (remembered.host === host && remembered.booted !== undefined)
    return { device: permission, booted: remembered.booted };
  const booted = await bootsOnKvm(image, signal);
  if (booted === undefined) return { device: permission };
  await writeFile(file, `${JSON.stringify({ host, booted })}\n`);
  return { device: permission, booted };
}

function parseProbe(text: string): { host?: string; booted?: boolean } {
  try {
    return JSON.parse(text) as { host?: string; booted?: boolean };
  } catch {
    return {};
  }
}

/**
 * Whether a console shows a kernel that came as far as its first process, or as far as missing one.
 */
export function showsBoot(consoleText: string): boolean {
  return /Run \S+ as init process|Unable to mount root fs|No working init/.test(consoleText);
}

/**
 * Whether a kernel boots on KVM. Undefined where it was only too slow to tell: the host may have
 * been busy.
 */
export function judgeProbe(seen: { consoleText: string; messages: string; ended: boolean }): boolean | undefined {
  if (showsBoot(seen.consoleText)) return true;
  // QEMU says so and stands still, where KVM met an instruction that it can't run.
  return seen.ended || seen.messages.includes('KVM internal error') ? false : undefined;
}

async function bootsOnKvm(image: Image, signal: AbortSignal | undefined): Promise<boolean | undefined> {
  const directory = await mkdtemp(path.join(tmpdir(), 'quiesce-probe-'));
  const consoleFile = path.join(directory, 'console');
  try {
    // There is no disk and no such program: the kernel gives up at its very end, and QEMU exits.
    const append = 'console=ttyS0 loglevel=7 panic=-1 rdinit=/none';
    const [file = '', ...words] = endedWithThisProcess('KILL');
    const { stderr, exitCode } = await execa(
      file,
      [
        ...[
          ...words,
          'qemu-system-x86_64',
          '-machine',
          'pc-q35-6.2',
          ...acceleratorArguments('kvm'),
          '-m',
          '512',
          '-nodefaults',
          '-no-user-config',
        ],
        ...['-display', 'none', '-no-reboot', '-serial', `file:${consoleFile}`],
        ...['-kernel', image.kernel, '-append', append],
      ],
      {
        env: { PATH: programPath },
        stdin: 'ignore',
        reject: false,
        timeout: probeLimitMs,
        killSignal: 'SIGKILL',
        // A group of its own: QEMU takes Ctrl-C at the terminal for the wish to end, and that is no
        // answer.
        detached: true,
        ...(signal !== undefined && { cancelSignal: signal }),
      },
    );
    signal?.throwIfAborted();
    const consoleText = await readFile(consoleFile, 'utf8').catch(() => '');
    return judgeProbe({ consoleText, messages: stderr, ended: exitCode !== undefined });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
