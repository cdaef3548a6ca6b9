import path from 'node:path';
import process from 'node:process';
import { Transform } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createCommand,
  localTransport,
  run,
  sshTransport,
  sudo,
  type SshOptions,
  type Transport,
} from '@quiesce/command';
import { findLab } from '@quiesce/lab';
import { labSsh } from '@quiesce/lab/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import {
  BackupFailedError,
  lvmToZfsBackup,
  reconcile,
  type BackupReport,
  type LvmToZfsBackupOptions,
} from '../../../src/index.js';
import { parseTargetState, type FolderState } from '../../../src/target/target-state.js';
import { documented, inLab } from '../support.js';
import { brokenTransport, nameOf } from './broken-transport.js';
import { allFaults, someFaults, type HealthyRun } from './cases.js';
import { describeFault, type Fault } from './fault.js';
import {
  guestStates,
  longestPauses,
  startBystander,
  startEnded,
  startRecorder,
  stopBystander,
  stopRecorder,
  traces,
  waitUntilRunning,
} from './host.js';

const maximumPauseMs = 10_000;
const graceMs = 5000;
const options: LvmToZfsBackupOptions = {
  ...documented,
  domains: ['MySQL', 'Server-Tim'],
  ...{ hostRoot: false, settleMs: 200, maximumPauseMs },
};
const withSudo = process.env['QUIESCE_FAULTS_AS'] === 'operator';
// A mark by which its processes are found, and no others of ssh.
const ssh: SshOptions = { ...labSsh(withSudo ? 'operator' : 'root'), options: { SendEnv: 'QUIESCE_FAULTS' } };
const mark = 'SendEnv=QUIESCE_FAULTS';

// What breaks in the pause is over before anything is verified or has its checksums kept.
function optionsFor({ where }: Fault): LvmToZfsBackupOptions {
  const isCopying = where === 'command';
  return { ...options, checksums: isCopying, verify: isCopying ? 'sampled' : 'none' };
}

function transportOf(there: Transport): Transport {
  return withSudo ? sudo(there) : there;
}

async function cutLink(): Promise<void> {
  const lab = await findLab(inject('labName'));
  if (lab === undefined) throw new Error('the lab is gone');
  await lab.setLink('down');
  // More than the 15 seconds after which ssh gives a connection up.
  await delay(20_000);
  await lab.setLink('up');
}

async function killConnection(): Promise<void> {
  const command = createCommand('pkill', ['-KILL', '-f', `ssh .*${mark}`]);
  await run(localTransport(), command, { successCodes: [0, 1] });
}

/** What a run came to: a report, or the error that there is none for. */
interface Outcome {
  readonly report: BackupReport | undefined;
  readonly error: unknown;
}

async function runHere(fault: Fault): Promise<Outcome> {
  await using there = sshTransport(ssh);
  const acts: Promise<void>[] = [];
  const transport = brokenTransport(transportOf(there), fault, () => {
    if (fault.kind === 'link cut') acts.push(cutLink());
    if (fault.kind === 'connection killed') acts.push(killConnection());
  });
  const outcome = await lvmToZfsBackup({ ...optionsFor(fault), transport })
    .run()
    .then(
      (report) => ({ report, error: undefined }),
      (error: unknown) => ({ report: BackupFailedError.isInstance(error) ? error.report : undefined, error }),
    );
  await Promise.all(acts);
  return outcome;
}

const child = path.join(import.meta.dirname, 'run-to-be-killed.mts');
const repository = path.join(import.meta.dirname, '..', '..', '..', '..', '..');

async function runAndKill(fault: Fault): Promise<Outcome> {
  const given = JSON.stringify({ fault, options: optionsFor(fault), ssh, withSudo });
  const words = ['--conditions=@quiesce/source', '--import', 'tsx', child, given];
  const running = localTransport().start(createCommand(process.execPath, words, { cwd: repository, stop: 'kill' }));
  const pid = await running.pid;
  running.stdout.on('data', (chunk: Buffer) => {
    if (String(chunk).includes('now') && pid !== undefined) process.kill(pid, 'SIGKILL');
  });
  running.stderr.resume();
  const { signal } = await running.result;
  await killConnection();
  return { report: undefined, error: signal === 'SIGKILL' ? undefined : new Error('it was not killed') };
}

async function healthyRun(): Promise<HealthyRun> {
  await using there = sshTransport(ssh);
  let script = '';
  let text = '';
  const commands: { name: string; writes: boolean }[] = [];
  const real = transportOf(there);
  const transport: Transport = {
    name: real.name,
    start: (command, startOptions) => {
      if (typeof command.stdin === 'string' && command.stdin.startsWith('#!/bin/bash')) script = command.stdin;
      commands.push({ name: nameOf(command), writes: command.effect === 'write' });
      const running = real.start(command, startOptions);
      if (command.file !== 'systemd-run') return running;
      const tap = new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
          text += chunk.toString('utf8');
          done(null, chunk);
        },
      });
      return { ...running, stdout: running.stdout.pipe(tap) };
    },
  };
  await lvmToZfsBackup({ ...options, transport }).run();
  const arrays = [...script.matchAll(/^(?<name>state|flush|mark|suspend|resume|unmark)=\($/gm)].map(
    ([, name]) => name ?? '',
  );
  return {
    events: text
      .split('\n')
      .map((line) => line.split(' ').slice(1, 3).join(' '))
      .filter((event) => event !== ''),
    commands,
    given: [
      ...arrays.flatMap((name) => options.domains.map((_, index) => `${name} ${String(index)}`)),
      ...options.volumes.map((_, index) => `snapshot ${String(index)}`),
      'flush_host',
    ],
  };
}

const wanted = process.env['QUIESCE_FAULTS'] ?? 'some';
await startRecorder();
await startBystander();
const all = allFaults(await healthyRun());
const only = new RegExp(process.env['QUIESCE_FAULTS_ONLY'] ?? '');
const faults = (wanted === 'all' ? all : someFaults(all)).filter((fault) => only.test(describeFault(fault)));
const lines: string[] = [];
let clean: string;

beforeAll(async () => {
  await longestPauses();
  clean = await traces();
});

afterAll(async () => {
  console.log(['', '| fault | report | longest pause | left, then undone |', '|---|---|---|---|', ...lines].join('\n'));
  await stopRecorder();
  await stopBystander();
});

/** What a report says, in a few words, and what it may not say. */
function tell({ error, report }: Outcome): string {
  if (report === undefined) return error === undefined ? 'none: killed' : (error as Error).name;
  const asleep = report.domains.filter(({ runningAfter }) => runningAfter === false).map(({ name }) => name);
  return asleep.length === 0 ? report.outcome : `${report.outcome}, not running: ${asleep.join(', ')}`;
}

/** What is seen after a fault. */
interface Seen extends Outcome {
  readonly atOnce: string;
  readonly states: string;
  readonly pauses: Readonly<Record<string, number>>;
  readonly left: readonly string[];
  readonly undone: string;
  readonly state: string;
  /** What the files of the target say of each folder. */
  readonly folders: readonly FolderState[];
}

async function tryFault(fault: Fault): Promise<Seen> {
  const outcome = await (fault.kind === 'node killed' ? runAndKill(fault) : runHere(fault));
  const atOnce = (await guestStates().catch(String)).replaceAll(/\s+/g, ' ');
  // What was stopped comes back, and a suspend that libvirt still has is watched for 35 seconds.
  const states = await waitUntilRunning(60 + (fault.seconds ?? 0));
  const pauses = await longestPauses();
  const left = (await traces()).split('\n').filter((line) => !clean.includes(line));
  const undone = await reconcileAll();
  const state = await inLab('zfs get -H -o value quiesce:run,quiesce:state archives/backups');
  const { folders } = parseTargetState(await inLab('cat /archives/backups/.quiesce/folders/*.json || true'));
  return { ...outcome, atOnce, states, pauses, left, undone, state, folders };
}

it.each(faults.map((fault) => [describeFault(fault), fault] as const))('%s', async (name, fault) => {
  const startedAt = performance.now();
  let seen = await tryFault(fault);
  if (await startEnded()) seen = await tryFault(fault);
  const { atOnce, error, folders, left, pauses, report, state, states, undone } = seen;
  const longest = Math.max(0, ...Object.values(pauses));
  const rest = left.length === 0 ? 'nothing' : left.join(', ').replaceAll('|', ' ');
  const line = `| ${name} | ${tell(seen)} | ${(longest / 1000).toFixed(1)} s | ${rest} |`;
  lines.push(line);
  console.log(`${line} ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);

  const expected = { states: 'running running paused', undone: 'clean', traces: clean };
  expect({ states, undone, traces: await traces() }).toEqual(expected);
  if (report !== undefined) {
    const believed = report.domains.every(({ runningAfter }) => runningAfter !== false);
    if (believed) expect(atOnce).toBe('running running paused');
    expect(report.outcome === 'success').toBe(report.problems.every(({ fatal }) => !fatal));
    // What the report and the target say of it is the same, and nothing says complete that is not.
    const held = folders
      .filter(({ runId }) => runId === report.runId)
      .map(({ complete, source }) => [source, complete]);
    const told = report.volumes.map(({ complete, volume }) => [volume, complete] as const);
    expect(told.filter(([, complete]) => complete)).toEqual(
      expect.arrayContaining(held.filter(([, complete]) => complete)),
    );
    for (const { complete, copy, verification } of report.volumes) {
      if (complete) expect([copy?.outcome, verification?.differences ?? 0]).toEqual(['success', 0]);
    }
    // What an earlier run left complete is so still where this one did not come to writing.
    expect(report.complete).toBe(state === `${report.runId}\ncomplete`);
    if (report.complete) expect(folders.every(({ complete }) => complete)).toBe(true);
  } else if (fault.kind === 'node killed') expect(error).toBeUndefined();
  const isAway = fault.kind === 'libvirtd stopped' || fault.kind === 'libvirtd restarted';
  if (!isAway) {
    for (const [guest, pausedMs] of Object.entries(pauses)) {
      if (fault.kind === 'QEMU stopped' && guest === 'MySQL') continue;
      expect(pausedMs, guest).toBeLessThan(maximumPauseMs + graceMs);
    }
  }
});

/** Reconciles twice: the second time there must be nothing left to do. */
async function reconcileAll(): Promise<string> {
  await inLab('pkill -KILL -x sleep; rm -f /run/quiesce/*/broken; true');
  await using there = sshTransport(ssh);
  const recipe = reconcile({ transport: transportOf(there) });
  await recipe.run();
  const again = await recipe.run();
  return again.undone.length === 0 ? 'clean' : JSON.stringify(again.undone);
}
