import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRsync } from './create-rsync.js';
import type { FileName } from './output/index.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quiesce-names-'));
});
afterAll(async () => rm(folder, { recursive: true }));

const at = (base: string, name: Uint8Array): Buffer => Buffer.concat([Buffer.from(`${base}/`), name]);
const bytesOf = ({ path, pathBytes }: FileName): Buffer =>
  pathBytes === undefined ? Buffer.from(path) : Buffer.from(pathBytes);
const hex = (names: readonly Uint8Array[]): string[] => names.map((name) => Buffer.from(name).toString('hex')).sort();

// Any byte but NUL and slash, and with them what rsync writes in another way.
const anyByte = fc.integer({ min: 1, max: 255 }).filter((byte) => byte !== 0x2f);
const piece = fc.oneof(
  fc.array(anyByte, { maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      '\\',
      '\\#',
      '\\#012',
      '\n',
      '\r',
      '\t',
      ' ',
      ' -> ',
      ' => ',
      '*deleting   ',
      '>f+++++++++ ',
      '12 ',
      'ä',
    )
    .map((text) => Buffer.from(text)),
  fc.constant(Buffer.from([0xff])),
);
const component = fc
  .oneof(
    fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => Buffer.concat(pieces).subarray(0, 255)),
    fc.array(anyByte, { minLength: 255, maxLength: 255 }).map((bytes) => Buffer.from(bytes)),
  )
  .filter((name) => name.length > 0 && !['.', '..'].includes(name.toString('latin1')));
const components = fc.uniqueArray(component, { minLength: 1, maxLength: 12, selector: (name) => name.toString('hex') });

let number = 0;
async function makeFiles(names: readonly Uint8Array[]): Promise<{ source: string; destination: string }> {
  number += 1;
  const [source, destination] = [join(folder, `s${String(number)}`), join(folder, `d${String(number)}`)];
  await mkdir(source);
  for (const name of names) await writeFile(at(source, name), '');
  return { source: `${source}/`, destination: `${destination}/` };
}

describe('names of files', () => {
  it('are listed as they are, and copied by what was listed', { timeout: 60_000 }, async () => {
    const rsync = createRsync();
    await fc.assert(
      fc.asyncProperty(components, async (names) => {
        const { source, destination } = await makeFiles(names);
        const listed = (await rsync.list({ source })).filter(({ fileType }) => fileType === 'file');
        expect(hex(listed.map(bytesOf))).toEqual(hex(names));
        await rsync.sync({ source, destination, files: listed.map(({ path, pathBytes }) => pathBytes ?? path) });
        expect(hex(await readdir(destination, { encoding: 'buffer' }))).toEqual(hex(names));
      }),
      { numRuns: 60 },
    );
  });

  it('are told as they are by diff and by the changes of a run', { timeout: 60_000 }, async () => {
    const rsync = createRsync();
    await fc.assert(
      fc.asyncProperty(components, async (names) => {
        const { source, destination } = await makeFiles(names);
        const options = { source, destination, recursive: true };
        const differences = (await rsync.diff(options)).filter(({ fileType }) => fileType === 'file');
        expect(hex(differences.map(bytesOf))).toEqual(hex(names));
        const { changes } = await rsync.sync({ ...options, itemizeChanges: true, maximumChanges: 100 });
        expect(hex(changes.filter(({ fileType }) => fileType === 'file').map(bytesOf))).toEqual(hex(names));
        const [first] = names;
        await rm(at(source, first ?? Buffer.of()));
        const gone = await rsync.diff({ ...options, delete: true });
        expect(gone.filter(({ action }) => action === 'deleted').map((one) => hex([bytesOf(one)]))).toEqual([
          hex([first ?? Buffer.of()]),
        ]);
      }),
      { numRuns: 40 },
    );
  });

  it('tell link and target apart, whatever they are called', { timeout: 60_000 }, async () => {
    const rsync = createRsync();
    await fc.assert(
      fc.asyncProperty(component, component, async (name, target) => {
        const { source, destination } = await makeFiles([]);
        await symlink(target, at(source, name));
        const [listed] = (await rsync.list({ source })).filter(({ fileType }) => fileType === 'symbolicLink');
        const told = await rsync.diff({ source, destination, archive: true });
        const difference = told.find(({ fileType }) => fileType === 'symbolicLink');
        for (const one of [listed, difference]) {
          expect(one === undefined ? undefined : bytesOf(one)).toEqual(Buffer.from(name));
          expect(one?.linkTarget === undefined ? undefined : bytesOf(one.linkTarget)).toEqual(Buffer.from(target));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('may be as long as the system allows', async () => {
    const { source, destination } = await makeFiles([]);
    const part = Buffer.alloc(250, 0xff);
    const room = 4095 - source.length;
    const folders = Array.from({ length: Math.floor(room / 251) - 1 }, () => Buffer.concat([part, Buffer.from('/')]));
    const inside = Buffer.concat(folders);
    await mkdir(at(source.slice(0, -1), inside), { recursive: true });
    const rest = room - inside.length;
    const names = [Buffer.concat([inside, Buffer.alloc(Math.min(rest, 255), 0x0a)])];
    await writeFile(at(source.slice(0, -1), names[0] ?? Buffer.of()), 'x');
    const rsync = createRsync();
    const files = (await rsync.list({ source, recursive: true })).filter(({ fileType }) => fileType === 'file');
    expect(hex(files.map(bytesOf))).toEqual(hex(names));
    await rsync.sync({ source, destination, files: files.map(bytesOf) });
    const copied = await rsync.list({ source: destination, recursive: true });
    expect(hex(copied.filter(({ fileType }) => fileType === 'file').map(bytesOf))).toEqual(hex(names));
  });

  it('that begin like a comment or an option are copied by a list', async () => {
    const names = ['#comment', ';comment', '-x', '--delete', ' blank', '*', '?', '[a]'].map((name) =>
      Buffer.from(name),
    );
    const { source, destination } = await makeFiles(names);
    await createRsync().sync({ source, destination, files: names });
    expect(hex(await readdir(destination, { encoding: 'buffer' }))).toEqual(hex(names));
  });

  it.each([[['']], [['a\0b']], [['a'.repeat(4094)]], [[7]], [['\ud800']], ['a']])('%j are refused', async (files) => {
    const options = { source: '/a/', destination: '/b/', files: files as readonly string[] };
    await expect(createRsync().sync(options)).rejects.toThrow(/files.*paths below source/);
  });
});
