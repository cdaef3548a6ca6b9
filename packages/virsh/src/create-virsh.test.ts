import { dryRun, InvalidArgumentError } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createVirsh } from './create-virsh.js';
import { DomainNotFoundError, MetadataNotFoundError } from './errors.js';
import { virshResumeCommand } from './lifecycle/resume.js';
import { virshSuspendCommand } from './lifecycle/suspend.js';

const trixie = releaseOn('virsh', 'trixie');
const about = { domain: 'MySQL', uri: 'https://quiesce.example/run' };

/** Replies as virsh does: to the command, or to each of a batch with its marks. */
function standIn(reply: (verb: string) => ScriptedReply): ReturnType<typeof scriptedTransport> {
  return scriptedTransport(({ args }) => reply(args.find((word) => /^[a-z]/.test(word)) ?? ''));
}

describe('createVirsh', () => {
  it('puts the connection and the path first', async () => {
    const transport = standIn(() => ({ stdout: '\n' }));
    const virsh = createVirsh({ transport, connectUri: 'test:///default', path: '/opt/virsh' });
    expect(await virsh.list()).toEqual([]);
    await virsh.suspend({ domain: 'MySQL' });
    expect(transport.commands).toMatchObject([
      { file: '/opt/virsh', args: ['-c', 'test:///default', 'list', '--uuid', '--id', '--name'] },
      { file: '/opt/virsh', args: ['-c', 'test:///default', 'suspend', '--domain=MySQL'], effect: 'write' },
    ]);
  });

  it('refuses a connection that would be an option', () => {
    expect(() => createVirsh({ connectUri: '--version' })).toThrow(InvalidArgumentError);
  });

  it('runs nothing for a bad domain', async () => {
    const transport = standIn(() => ({}));
    await expect(createVirsh({ transport }).suspend({ domain: '7' })).rejects.toBeInstanceOf(InvalidArgumentError);
    expect(transport.commands).toEqual([]);
  });

  it('throws typed errors', async () => {
    const transport = standIn(() => ({ exitCode: 1, stdout: '\n', stderr: recorded(trixie, 'not-found').stderr }));
    await expect(createVirsh({ transport }).domstate({ domain: 'nosuch' })).rejects.toBeInstanceOf(DomainNotFoundError);
  });

  it.each([
    [trixie, 0],
    [releaseOn('virsh', 'bookworm'), 1],
  ])('throws MetadataNotFoundError as %s tells it, with exit code %i', async (release, exitCode) => {
    const stderr = exitCode === 0 ? '' : recorded(release, 'metadata-none').stderr;
    const transport = standIn(() => ({ exitCode, stdout: recorded(release, 'metadata-none').stdout, stderr }));
    await expect(createVirsh({ transport }).metadata(about)).rejects.toBeInstanceOf(MetadataNotFoundError);
  });

  it('reads with each of its methods', async () => {
    const files: Readonly<Record<string, string>> = {
      domstate: 'domstate-paused',
      domstats: 'domstats-guest',
      dumpxml: 'dumpxml-guest',
      metadata: 'metadata-get',
    };
    const virsh = createVirsh({
      transport: scriptedTransport(({ args: [verb = ''] }) => ({
        stdout: files[verb] === undefined ? '\n' : recorded(trixie, files[verb]).stdout,
      })),
    });
    expect(await virsh.domstate({ domain: 'MySQL' })).toEqual({ state: 'paused', reason: 'user' });
    expect(await virsh.domstats()).toMatchObject([{ name: 'MySQL' }]);
    expect(await virsh.dumpxml({ domain: 'MySQL' })).toMatchObject({ name: 'MySQL', disks: [{ target: 'vda' }] });
    expect(await virsh.metadata(about)).toBe('<run id="7">a &amp; b</run>');
    await virsh.setMetadata({ ...about, key: 'q', xml: '<run/>' });
    await virsh.removeMetadata(about);
    await virsh.sendKey({ domain: 'MySQL', keys: ['KEY_A'] });
    await virsh.resume({ domain: 'MySQL' });
  });

  it('runs a batch in one command', async () => {
    const transport = scriptedTransport(({ args: [line = ''] }) => {
      const marks = [...line.matchAll(/echo --err (\S+)/g)].map(([, mark = '']) => mark.replace(/;$/, ''));
      return {
        stdout: marks.map((mark) => `\n${mark}\n`).join(''),
        stderr: marks
          .map((mark, index) => `${index === 0 ? '' : "error: failed to get domain 'b'\n"}error: ${mark}\n`)
          .join(''),
      };
    });
    const commands = [virshSuspendCommand({ domain: 'a' }), virshResumeCommand({ domain: 'b' })];
    const results = await createVirsh({ transport }).batch({ commands });
    expect(results.map(({ error }) => error?.name)).toEqual([undefined, 'DomainNotFoundError']);
    expect(transport.commands).toHaveLength(1);
  });

  it('batches in a dry run', async () => {
    const transport = dryRun(standIn(() => ({})));
    const results = await createVirsh({ transport }).batch({ commands: [virshSuspendCommand({ domain: 'a' })] });
    expect(results).toMatchObject([{ status: 'not run' }]);
    expect(transport.commands).toHaveLength(1);
  });
});
