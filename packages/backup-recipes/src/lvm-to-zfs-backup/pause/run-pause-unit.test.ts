import { ExitError, TransportError, type Command } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply, type ScriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../options/resolve-options.js';
import { runPauseUnit } from './run-pause-unit.js';

const runId = '1364083186-0badf00d';
const unit = `quiesce-pause-${runId}.service`;
const begun = '1.0 began\n1.1 suspending 0\n';
const whole = `${begun}1.2 suspended 0\n1.3 frozen 0\n1.4 ended\n`;
const lost = new TransportError('no connection', { started: true });
const unitIs = (state: string): ScriptedReply => ({ stdout: `Id=${unit}\nActiveState=${state}\n` });

interface Replies {
  readonly start: ScriptedReply | (() => Promise<ScriptedReply>);
  /** What systemctl and cat answer, one after the other. The last goes on. */
  readonly states?: readonly ScriptedReply[];
  readonly logs?: readonly ScriptedReply[];
}

function hostWith({ start, states = [unitIs('inactive')], logs = [{ stdout: whole }] }: Replies): ScriptedTransport {
  const left = { states: [...states], logs: [...logs] };
  const next = (replies: ScriptedReply[]): ScriptedReply | undefined =>
    replies.length > 1 ? replies.shift() : replies[0];
  return scriptedTransport(({ args, file }) => {
    if (file === 'systemd-run') return typeof start === 'function' ? start() : start;
    if (file === 'systemctl') return args[0] === 'show' ? next(left.states) : {};
    return file === 'cat' ? next(left.logs) : {};
  });
}

const words = ({ commands }: ScriptedTransport): string[] =>
  commands.map(({ args, file }: Command) => (file === 'systemctl' ? `systemctl ${args[0] ?? ''}` : file));

/** What was told, and what came of it. */
async function follow(transport: ScriptedTransport, signal = new AbortController().signal): Promise<string[][]> {
  const options = resolveOptions({ domains: ['A'], volumes: ['/dev/SSD/images'], target: 'archives/backups' });
  const told: string[] = [];
  const log = await runPauseUnit({ options, runId, signal, transport }, ({ what }) => told.push(what));
  return [told, log.map(({ what }) => what)];
}

const all = ['began', 'suspending', 'suspended', 'frozen', 'ended'];

describe('runPauseUnit', () => {
  it('believes what it heard where that is whole', async () => {
    const transport = hostWith({ start: { stdout: `Running as unit\n${whole}` } });
    expect(await follow(transport)).toEqual([all, all]);
    expect(words(transport)).toEqual(['systemd-run']);
  });

  it.each([[0], [3], [4], [5]])('takes exit code %i for an answer of the script', async (exitCode) => {
    expect(await follow(hostWith({ start: { stdout: whole, exitCode } }))).toEqual([all, all]);
  });

  it('reads the rest over a new link where the first was lost, and tells nothing twice', async () => {
    const transport = hostWith({ start: { stdout: begun, error: lost } });
    expect(await follow(transport)).toEqual([all, all]);
    expect(words(transport)).toEqual(['systemd-run', 'systemctl show', 'cat']);
  });

  it('waits for the unit over links that come and go', async () => {
    const states = [unitIs('active'), { error: lost }, unitIs('deactivating'), unitIs('inactive')];
    const transport = hostWith({ start: { stdout: begun, error: lost }, states });
    expect(await follow(transport)).toEqual([all, all]);
    expect(words(transport).filter((word) => word === 'cat')).toHaveLength(1);
  });

  it('reads the file where the script ended otherwise than by itself', async () => {
    const logs = [{ stdout: `${begun}1.2 handed-over\n` }];
    const told = ['began', 'suspending', 'handed-over'];
    expect(await follow(hostWith({ start: { stdout: begun, exitCode: 255 }, logs }))).toEqual([told, told]);
  });

  it('reads the file where LVM did not end in time, which says more there than it told', async () => {
    const told = whole.replace('1.4 ended', '1.35 over\n1.4 ended');
    const logs = [{ stdout: `${told}1.5 snapshotted 0\n` }];
    const [log] = await follow(hostWith({ start: { stdout: told }, logs }));
    expect(log).toEqual(expect.arrayContaining(['over', 'ended', 'snapshotted']));
  });

  it('removes the script where it never began, so that it can not begin later', async () => {
    const start = { error: new TransportError('no connection', { started: false }) };
    const transport = hostWith({ start, logs: [{ exitCode: 1, stderr: 'No such file or directory' }] });
    expect(await follow(transport)).toEqual([[], []]);
    expect(words(transport)).toEqual(['systemd-run', 'systemctl show', 'cat', 'rm', 'systemctl show', 'cat']);
    expect(transport.commands[3]?.args).toContain(`/run/quiesce/${runId}`);
  });

  it('follows one that began just before its script was removed', async () => {
    const states = [unitIs('inactive'), unitIs('active'), unitIs('inactive')];
    const logs = [{ exitCode: 1 }, { stdout: whole }];
    expect(await follow(hostWith({ start: { error: lost }, states, logs }))).toEqual([all, all]);
  });

  it('fails with what systemd said where it did not start the unit', async () => {
    const stderr = 'Failed to start transient service unit: Access denied';
    const transport = hostWith({ start: { exitCode: 1, stderr }, logs: [{ exitCode: 1 }] });
    await expect(follow(transport)).rejects.toSatisfy(
      (error) => ExitError.isInstance(error) && error.message.includes('Access denied'),
    );
  });

  it('stops the unit when it is aborted, and reads how that ended', async () => {
    const controller = new AbortController();
    const start = async (): Promise<ScriptedReply> => {
      controller.abort();
      return { stdout: begun, exitCode: 255, durationMs: 20 };
    };
    const transport = hostWith({ start });
    expect(await follow(transport, controller.signal)).toEqual([all, all]);
    expect(words(transport)).toEqual(expect.arrayContaining(['systemctl stop', 'cat']));
  });

  it('starts nothing when it is aborted before', async () => {
    const transport = hostWith({ start: { stdout: whole } });
    await expect(follow(transport, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    expect(transport.commands).toEqual([]);
  });
});
