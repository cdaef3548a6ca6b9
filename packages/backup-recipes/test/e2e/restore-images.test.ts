import { quoteWord, sudo, toShell, type Command, type Transport } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { zfsSetCommand } from '@quiesce/zfs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  PreflightError,
  reconcile,
  RestoreFailedError,
  restoreImages,
  type RestoreImagesOptions,
  type RestoreReport,
} from '../../src/index.js';
import { createRunId } from '../../src/run-id.js';
import { writeManifestCommand } from '../../src/target/manifest.js';
import { provenanceProperties } from '../../src/target/provenance.js';
import {
  completeFolderCommand,
  completeTargetCommand,
  openFolderCommand,
  openTargetCommand,
} from '../../src/target/target-commands.js';
import { cutLink } from './cut-link.js';
import { cleanHost, hostState, inLab } from './support.js';

const transport = labTransport();
const target = 'restoring/my backups';
const place = { dataset: target, targetFolder: `/${target}` };
const runId = createRunId(Date.UTC(2013, 2, 24) / 1000);
const folder = { folder: 'SSD.images', source: '/dev/SSD/images', runId };
const copies = `/${target}/${folder.folder}`;
const scratch = '/var/tmp/restored';
const volume = { group: 'SSD', name: 'restored' };
const device = '/dev/SSD/restored';

type Options = Omit<RestoreImagesOptions, 'target' | 'restore'> & { readonly image?: string };

function restoring({ image = 'a.img', ...options }: Options): ReturnType<typeof restoreImages> {
  return restoreImages({ transport, ...options, target, restore: { images: `SSD.images/${image}` } });
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function failing(options: Options): Promise<{ readonly report: RestoreReport; readonly message: string }> {
  const error = await failure(restoring(options).run());
  if (!RestoreFailedError.isInstance(error)) throw new Error(`it did not fail: ${String(error)}`, { cause: error });
  return error;
}

async function refusal(options: Options): Promise<string> {
  const error = await failure(restoring(options).plan());
  if (!PreflightError.isInstance(error)) throw new Error(`it was not refused: ${String(error)}`, { cause: error });
  return error.problems.map(({ option, problem, value }) => `${option} ${value}: ${problem}`).join('\n');
}

/** A command with its input, as a line of a script. */
const line = (command: Command): string =>
  `printf %s ${quoteWord(command.stdin?.toString() ?? '')} | ${toShell(command)}`;

const image = (name: string): string => quoteWord(`${copies}/${name}`);

/** Whether the volume is the image with zeros after it, byte by byte. */
const comparison = (name: string): string =>
  `size=$(stat --format=%s ${image(name)}); cmp --bytes="$size" ${device} ${image(name)} && ` +
  `[ "$(tail --bytes=+$((size + 1)) ${device} | tr -d '\\0' | wc -c)" = 0 ] && lvs --noheadings -o lv_tags ${device} | xargs`;

/** Undoes what is left, and does so again where a process of the cut link still has it open. */
async function undo(): Promise<string[]> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return (await reconcile({ transport }).run()).undone.map(({ kind }) => kind);
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** Takes away all that is made here, and what a run of this file that was killed has left. */
async function clean(): Promise<void> {
  await inLab(
    `umount ${scratch}/small; lvremove -qq -y ${device}; zpool destroy -f restoring; rm -rf /var/tmp/restor*; true`,
  );
}

describe('restoreImages', () => {
  beforeAll(async () => {
    await clean();
    const lines = [
      'truncate -s 2G /var/tmp/restoring.img; zpool create restoring /var/tmp/restoring.img; zfs create "restoring/my backups"',
      line(openTargetCommand(place, { runId, guests: [] })),
      line(openFolderCommand(place, folder)),
      `head -c 2M /dev/urandom >${image('a.img')}; truncate -s 5M ${image('a.img')}; echo end >>${image('a.img')}`,
      `head -c 192M /dev/urandom >${image('large.img')}`,
      line(writeManifestCommand(place, { folder: folder.folder, source: copies, runId, reuse: false })),
      line(completeFolderCommand(place, folder)),
      line(completeTargetCommand(place, { runId })),
      line(zfsSetCommand({ datasets: target, properties: provenanceProperties({ runId, complete: true }) })),
      `qemu-img create -q -f qcow2 ${image('q.img')} 1M; truncate -s 100G ${image('sparse.img')}; : >${image('empty.img')}`,
      `mkdir -p ${scratch}/SSD.images; for file in a large; do echo old >${scratch}/SSD.images/$file.img; done`,
    ];
    await inLab(`set -e\n${lines.join('\n')}`);
  });

  afterAll(async () => {
    await clean();
    expect(await hostState()).toEqual(cleanHost);
    expect((await reconcile({ transport }).plan()).found).toEqual([]);
  });

  it('makes a volume of an image, on one host and from one to another', async () => {
    const plan = await restoring({ to: { volume } }).plan();
    expect(plan.files).toMatchObject([{ from: `${copies}/a.img`, to: device }]);
    // Another way to the same machine, so all goes through here.
    for (const way of [transport, sudo(labTransport('operator'))]) {
      // What removed volumes have left there.
      await inLab(
        "lvcreate -qq -y -L 8M -n stale SSD; tr '\\0' x </dev/zero | head -c 8M >/dev/SSD/stale; lvremove -qq -y SSD/stale",
      );
      const report = await restoring({ to: { volume, transport: way } }).run();
      expect(report).toMatchObject({
        ...{ outcome: 'success', problems: [], leftovers: [], restoredRuns: [runId] },
        files: [{ to: device, sizeBytes: 5 * 2 ** 20 + 4, outcome: 'restored', verifiedBy: 'checksum' }],
      });
      const size = 'blockdev --getsize64';
      expect(await inLab(`set -e; ${comparison('a.img')}; ${size} ${device}; lvremove -qq -y ${device}`)).toBe(
        '8388608',
      );
    }
    const check = `cmp --bytes=5242884 ${device} ${image('a.img')} && lvremove -qq -y ${device} && echo same`;
    const script = `cat >/var/tmp/restore.sh <<'END'\n${plan.toShell()}END\nsh /var/tmp/restore.sh 2>/dev/null; ${check}`;
    expect(await inLab(script)).toBe('same');
  });

  it('refuses what can not be a volume before it makes one', async () => {
    const wrong = await refusal({ to: { volume: { group: 'SSD', name: 'images' } }, image: 'sparse.img' });
    expect(wrong).toMatch(/^to\.volume\.name images: there is such a volume in SSD: give another name/);
    expect(wrong).toMatch(/^to\.volume\.group SSD: it has \d+ bytes free, and 107374182400 are needed/m);
    expect(await refusal({ to: { volume: { group: 'gone', name: 'new' } }, image: 'q.img' })).toMatch(
      /q\.img: it is a qcow2 image[^]*^to\.volume\.group gone: there is no such volume group: it has .*SSD/m,
    );
    expect((await hostState()).volumes).toBe(cleanHost.volumes);
  });

  it('removes a volume that is not what was frozen', async () => {
    await inLab(
      `cp ${image('a.img')} /var/tmp/restoring-a; printf x | dd of=${image('a.img')} bs=1 seek=100 conv=notrunc status=none`,
    );
    try {
      const { message, report } = await failing({ to: { volume } });
      expect(message).toContain('the copy in the target is damaged');
      expect(report).toMatchObject({ files: [{ outcome: 'kept', verifiedBy: undefined }], leftovers: [] });
      expect((await hostState()).volumes).toBe(cleanHost.volumes);
    } finally {
      await inLab(`cp /var/tmp/restoring-a ${image('a.img')}`);
    }
  });

  it('leaves what is there where the file system fills up meanwhile, and says what to do', async () => {
    const small = `${scratch}/small`;
    await inLab(
      `set -e; truncate -s 300M /var/tmp/restoring-ext4; mkfs.ext4 -q /var/tmp/restoring-ext4; mkdir ${small}
      mount -o loop /var/tmp/restoring-ext4 ${small}; mkdir ${small}/SSD.images; echo old >${small}/SSD.images/large.img`,
    );
    const filling: Transport = {
      name: transport.name,
      start: (command, options) => {
        if (!command.args.some((word) => word.includes('--checkpoint'))) return transport.start(command, options);
        const script = 'fallocate -l 200M "$1/fill"; shift; exec "$@"';
        return transport.start(
          { ...command, file: 'sh', args: ['-c', script, 'sh', small, command.file, ...command.args] },
          options,
        );
      },
    };
    try {
      const { message, report } = await failing({ transport: filling, image: 'large.img', to: { folder: small } });
      expect(message).toMatch(
        /small\/SSD\.images is out of space: make room for \d+ bytes there .*restore again; nothing was replaced/,
      );
      expect(report).toMatchObject({ files: [{ outcome: 'kept' }], leftovers: [] });
      expect(
        await inLab(`cat ${small}/SSD.images/large.img; ls -A ${small}/SSD.images ${small} | grep -c quiesce || true`),
      ).toBe('old\n0');
      await inLab(`rm ${small}/fill`);
      const again = await restoring({ image: 'large.img', to: { folder: small } }).run();
      expect(again.files).toMatchObject([{ outcome: 'restored', verifiedBy: 'checksum' }]);
    } finally {
      await inLab(`umount ${small}; rmdir ${small}; rm /var/tmp/restoring-ext4`);
    }
  });

  /** Cuts the link at each command that writes, and tells where, and what was left of it. */
  async function cutEverywhere(
    to: RestoreImagesOptions['to'],
    check: (image: string) => Promise<void>,
  ): Promise<string[]> {
    const told: string[] = [];
    // While it copies, one that takes a while. Each begins with what the one before has left.
    for (const [name, when] of [
      ['large.img', 'during'],
      ['a.img', 'after'],
    ] as const) {
      for (let at = 0; ; at += 1) {
        const cut = cutLink({ at, when });
        const error = await failure(restoring({ image: name, transport: cut.transport, ...(to && { to }) }).run());
        await cut.close();
        if (cut.cutAt === undefined) expect(error).toBeUndefined();
        const left = await undo();
        told.push(`${when} ${cut.cutAt ?? 'the end'}: ${left.join(', ')}`);
        await check(name);
        if (cut.cutAt === undefined) break;
      }
    }
    return told;
  }

  it('leaves no volume or the whole one wherever the link is cut', async () => {
    const told = await cutEverywhere({ volume }, async (name) => {
      const whole = `set -e; ${comparison(name)}; lvremove -qq -y ${device}; echo whole`;
      expect(['', 'whole']).toContain(await inLab(`[ -e ${device} ] || exit 0; ${whole}`));
    });
    expect(told.filter((one) => one.includes('restore-volume'))).not.toEqual([]);
  });

  it('leaves the old image or the whole new one wherever the link is cut', async () => {
    const told = await cutEverywhere({ folder: scratch }, async (name) => {
      const file = `${scratch}/SSD.images/${name}`;
      const left = `ls -A ${scratch} ${scratch}/SSD.images | grep quiesce`;
      const found = await inLab(`${left}; cmp -s ${file} ${image(name)} && echo new || cat ${file}; echo old >${file}`);
      expect(['old', 'new']).toContain(found);
    });
    expect(told.filter((one) => /: .*restore/.test(one))).not.toEqual([]);
  });
});
