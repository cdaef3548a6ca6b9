import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AbortedError, InvalidArgumentError, TimeoutError } from '@quiesce/command';
import { scriptedTransport, type ScriptedTransport } from '@quiesce/command/testing';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createRsync } from '../create-rsync.js';
import { failureOf, processesWith, testFolder } from '../../test/folders.js';
import { lackingOptions, optionsSince } from './since.js';

const options = { source: '/a/', destination: '/b/' };
const delta = recorded(releaseOn('rsync', 'trixie'), 'delta');

function rsyncThatSays(version: string): ScriptedTransport {
  return scriptedTransport(({ args }) => (args[0] === '--version' ? { stdout: version } : { stdout: delta.stdout }));
}
const prose = (version: string): string => `rsync  version ${version}  protocol version 31\n`;
const optionsIn = (debian: 'trixie' | 'bookworm'): Set<string> =>
  new Set(recorded(releaseOn('rsync', debian), 'help').stdout.match(/(?<=^ *(?:-\w, )?)--[A-Za-z0-9-]+(?=[=,\s[])/gm));

describe('optionsSince', () => {
  it('is what the help of both releases says', () => {
    const [old, current] = [optionsIn('bookworm'), optionsIn('trixie')];
    for (const [option, since] of Object.entries(optionsSince)) {
      expect([option, current.has(option)]).toEqual([option, true]);
      expect([option, old.has(option)]).toEqual([option, lackingOptions([option], '3.2.7').length === 0]);
      expect(since).toMatch(/^3\.\d+\.\d+$/);
    }
    // Those that the help came to name only later: rsync 3.2.7 takes them.
    const unnamed = ['--no-whole-file', '--inc-recursive', '--no-inc-recursive', '--no-i-r', '--old-d'];
    const added = [...current].filter((option) => !old.has(option) && !unnamed.includes(option));
    expect(added.filter((option) => optionsSince[option] === undefined)).toEqual(['--ignore-non-existing']);
  });
});

describe('the check of what this rsync can do', () => {
  it('refuses an option that it lacks by name and version, and runs nothing', async () => {
    const transport = rsyncThatSays(prose('3.1.3'));
    const run = createRsync({ transport }).sync({ ...options, extraArguments: ['--mkpath', '--fuzzy'] });
    const error: unknown = await run.then(undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(String(error)).toMatch(/"--mkpath".*rsync 3\.2\.3 or newer for it: this is rsync 3\.1\.3/);
    expect(transport.commands.map(({ args }) => args[0])).toEqual(['--version']);
  });

  it('refuses another program called rsync, and runs nothing', async () => {
    const transport = rsyncThatSays('openrsync: protocol version 29\nrsync version 2.6.9 compatible\n');
    const run = createRsync({ transport }).sync({ ...options, inplace: true, wholeFile: false });
    await expect(run).rejects.toThrow(/this is openrsync, compatible with rsync 2\.6\.9/);
    expect(transport.commands).toHaveLength(1);
  });

  it('refuses another program for plain options too, once it is known', async () => {
    const transport = rsyncThatSays('openrsync: protocol version 29\nrsync version 2.6.9 compatible\n');
    const rsync = createRsync({ transport });
    await rsync.features();
    const list = { source: '/a/' };
    for (const running of [rsync.sync(options), rsync.diff(options), rsync.list(list)]) {
      await expect(running).rejects.toThrow(/path: "rsync" is not valid: expected rsync: this is openrsync/);
    }
    expect(transport.commands.map(({ args }) => args[0])).toEqual(['--version']);
  });

  it('says in a usage error that it was another program', async () => {
    const transport = scriptedTransport(({ args }) =>
      args[0] === '--version'
        ? { stdout: 'openrsync: protocol version 29\nrsync version 2.6.9 compatible\n' }
        : { stderr: "rsync: unrecognized option '--info=progress2,stats2'\n", exitCode: 1 },
    );
    const rsync = createRsync({ transport });
    const failure = await rsync.sync(options).then(undefined, (error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/this is openrsync/) as string,
    });
    // From now on it is known.
    await expect(rsync.sync(options)).rejects.toThrow(/expected rsync: this is openrsync/);
    expect(transport.commands).toHaveLength(2);
  });

  it('asks once for a client, and not at all where any rsync will do', async () => {
    const transport = rsyncThatSays(prose('3.5.0'));
    const rsync = createRsync({ transport });
    await rsync.sync(options);
    expect(transport.commands).toHaveLength(1);
    for (let count = 0; count < 3; count += 1) await rsync.sync({ ...options, extraArguments: ['--mkpath'] });
    expect(transport.commands.filter(({ args }) => args[0] === '--version')).toHaveLength(1);
    expect((await rsync.features()).version).toBe('3.5.0');
    expect(transport.commands).toHaveLength(5);
  });

  it('never asks where it is told not to', async () => {
    const transport = rsyncThatSays(prose('3.1.3'));
    await createRsync({ transport, checkFeatures: false }).sync({ ...options, extraArguments: ['--mkpath'] });
    expect(transport.commands).toHaveLength(1);
  });

  it('asks again after it could not be asked', async () => {
    let asked = 0;
    const transport = scriptedTransport(() => {
      asked += 1;
      return asked === 1 ? { exitCode: 255 } : { stdout: prose('3.5.0') };
    });
    const rsync = createRsync({ transport });
    await expect(rsync.features()).rejects.toThrow(/255/);
    expect((await rsync.features()).version).toBe('3.5.0');
  });

  it.each([
    ['3.4.1', 1],
    ['3.4.1-3+b1', 1],
    ['3.4.10', 0],
    ['3.5.0', 0],
  ])('warns of what rsync %s does wrong in place', async (version, warnings) => {
    const transport = rsyncThatSays(prose(version));
    const result = await createRsync({ transport }).sync({ ...options, inplace: true, wholeFile: false });
    expect(result.warnings).toHaveLength(warnings);
    expect(result.warnings.join('')).toMatch(warnings === 1 ? /#724, #725/ : /^$/);
  });

  describe('that takes its time', () => {
    const folder = testFolder();
    const inplace = { ...options, inplace: true, wholeFile: false };
    let path = '';
    beforeAll(async () => {
      path = join(folder.path, 'rsync');
      // It says which rsync it is once there is a file beside it, and copies nothing.
      const script =
        'while [ "$1" = --version ] && [ ! -e "$0.go" ]; do sleep 0.05; done; echo "rsync  version 9.0  protocol version 31"; ';
      await writeFile(path, `#!/bin/sh\n${script}[ "$1" = --version ]\n`);
      await chmod(path, 0o755);
    });
    const left = async (run: AsyncIterable<unknown>): Promise<void> => {
      await run[Symbol.asyncIterator]().return?.();
    };

    it('lets a run be stopped meanwhile, and ends what nobody waits for', async () => {
      const rsync = createRsync({ path });
      const failures = [
        await failureOf(rsync.sync({ ...inplace, timeoutMs: 50 })),
        await failureOf(rsync.sync({ ...inplace, signal: AbortSignal.timeout(50) })),
        await failureOf(rsync.diff({ ...inplace, signal: AbortSignal.abort() })),
      ];
      expect(failures.map(String)).toEqual([
        expect.stringMatching(/^TimeoutError: no end after 50 ms/),
        expect.stringMatching(/^AbortedError: aborted by the time limit/),
        expect.stringMatching(/^AbortedError: aborted: /),
      ]);
      const run = rsync.sync(inplace);
      await left(run);
      await expect(run).rejects.toThrow(AbortedError);
      await vi.waitFor(async () => expect(await processesWith(path)).toEqual([]), 10_000);
    });

    it('ends for nobody else when one is stopped', async () => {
      const rsync = createRsync({ path });
      const stopped = failureOf(rsync.features({ timeoutMs: 50 }));
      const others = [rsync.features(), rsync.version()];
      expect(await stopped).toBeInstanceOf(TimeoutError);
      await writeFile(`${path}.go`, '');
      expect((await Promise.all(others)).map(({ version }) => version)).toEqual(['9.0', '9.0']);
    });
  });

  it('does not ask before each run what answers in words that it does not know', async () => {
    const transport = rsyncThatSays('rsync, of a kind\n');
    const rsync = createRsync({ transport });
    for (let count = 0; count < 3; count += 1) await rsync.sync({ ...options, extraArguments: ['--mkpath'] });
    expect(transport.commands.filter(({ args }) => args[0] === '--version')).toHaveLength(1);
  });
});
