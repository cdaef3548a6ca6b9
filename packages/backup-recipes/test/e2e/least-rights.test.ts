import { createCommand, PrivilegeError, recording, run, sudo, toShell } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  leastRights,
  listBackups,
  lvmToZfsBackup,
  receiveRights,
  replicate,
  verifyBackup,
  type LeastRights,
} from '../../src/index.js';
import { cleanHost, documented, hostState, inLab } from './support.js';

const transport = labTransport();
const { target } = documented;
const [backupUser, reader] = ['rights-backup', 'rights-reader'];
const offsite = 'rights-offsite';
const options = { ...documented, domains: ['MySQL'], volumes: ['/dev/SSD/images'], transport };
let rights: LeastRights;
let readerRights: LeastRights;

const removal = `
  for user in ${backupUser} ${reader}; do
    rm -f /etc/sudoers.d/quiesce-$user /usr/local/sbin/quiesce-door-$user
    if id $user >/dev/null 2>&1; then pkill -KILL -u $user; userdel --remove $user 2>/dev/null; fi
  done
  if zpool list ${offsite} >/dev/null 2>&1; then zpool destroy -f ${offsite}; fi
  rm -rf --one-file-system /var/tmp/${offsite} /${offsite}`;

/** What a user is told who asks for something through a door, or sudo itself. */
async function refusal(user: string, path: string | undefined, words: readonly string[]): Promise<string> {
  const host = labTransport(user);
  const [file = '', ...args] = words;
  const command = createCommand(file, args, { effect: 'read' });
  return run(sudo(host, path === undefined ? {} : { path }), command).then(
    ({ stdout }) => `it ran: ${stdout}`,
    (error: unknown) => (PrivilegeError.isInstance(error) ? 'refused' : String(error)),
  );
}

describe('leastRights', () => {
  beforeAll(async () => {
    await inLab(removal);
    await inLab(`
      for user in ${backupUser} ${reader}; do
        useradd --create-home --shell /bin/bash $user
        cp -a /home/nosudo/.ssh /home/$user/ && chown -R $user: /home/$user/.ssh
      done
      mkdir -p /var/tmp/${offsite}; truncate -s 512M /var/tmp/${offsite}/disk
      zpool create ${offsite} /var/tmp/${offsite}/disk`);
    const reading = [
      { recipe: 'listBackups' as const, target },
      { recipe: 'verifyBackup' as const, target },
    ];
    readerRights = await leastRights(reading, { user: reader, transport });
    rights = await leastRights([await lvmToZfsBackup(options).plan(), ...reading], { user: backupUser, transport });
    await inLab(readerRights.toShell());
    await inLab(rights.toShell());
  });

  afterAll(async () => {
    await inLab(removal);
    expect(await hostState()).toEqual(cleanHost);
  });

  it('makes files that sudo takes, and says what amounts to root', async () => {
    expect(await inLab('visudo -c')).toContain(`/etc/sudoers.d/quiesce-${reader}: parsed OK`);
    expect(readerRights.amountsToRoot).toEqual([]);
    expect(rights.amountsToRoot.map(({ program }) => program)).toContain('sh');
  });

  it('is enough for a backup, through sudo and ssh', async () => {
    const host = labTransport(backupUser);
    const through = sudo(host, { path: rights.doorPath });
    const report = await lvmToZfsBackup({ ...options, unlistedGuests: 'allow', transport: through }).run();
    expect(report.problems.filter(({ fatal }) => fatal)).toEqual([]);
    expect(report.outcome).toBe('success');
  });

  it('is enough to list and to verify, for one who is not root', async () => {
    const host = labTransport(reader);
    const through = recording(sudo(host, { path: readerRights.doorPath }));
    const { backups, problems } = await listBackups({ target, transport: through }).run();
    expect(problems).toEqual([]);
    expect(backups[0]?.guests.map(({ name, complete }) => [name, complete])).toEqual([['MySQL', true]]);
    const newest = backups.find(({ madeBy }) => madeBy === 'run')?.snapshot;
    const names = ['now', ...(newest === undefined ? [] : [newest])];
    const report = await verifyBackup({ target, backups: names, transport: through }).run();
    expect(report.outcome).toBe('success');
  });

  it('is for nothing else', async () => {
    const [list] = (await listBackups({ target, transport }).plan()).commands;
    const script = ['unshare', '--mount', '--propagation', 'private', '--', 'sh', '-c', 'id'];
    const refused: (readonly string[])[] = [
      ['cat', '/etc/shadow'],
      ['zfs', 'destroy', '-r', 'archives'],
      ['cat', '/proc/self/mountinfo', '/etc/shadow'],
      ['cat', '/proc/self/mountinfo /etc/shadow'],
      ['zfs', 'set', 'quiesce:verified=1364083186-0badf00d 1 whole', 'archives'],
      ['zfs', 'set', 'mountpoint=/etc', target],
      script,
    ];
    for (const words of refused) {
      expect([words, await refusal(reader, readerRights.doorPath, words)]).toEqual([words, 'refused']);
      expect([words, await refusal(reader, undefined, words)]).toEqual([words, 'refused']);
    }
    for (const words of refused.slice(0, 2)) {
      expect([words, await refusal(backupUser, rights.doorPath, words)]).toEqual([words, 'refused']);
    }
    // The words of one that is allowed, joined in another way.
    const { args = [], file = '' } = list ?? {};
    expect(await refusal(reader, readerRights.doorPath, [file, args.join(' ')])).toBe('refused');
    // What is no process of theirs is passed over.
    for (const pid of ['1', '1 2']) {
      expect(await refusal(reader, readerRights.doorPath, ['kill', '-s', 'TERM', '--', pid])).toContain('exit');
    }
    expect(await inLab('kill -0 1 && echo there')).toBe('there');
  });

  it('ends what it stops, and nothing of others', async () => {
    const host = labTransport(backupUser);
    const through = sudo(host, { path: rights.doorPath });
    const sleep = createCommand('sh', ['-c', 'exec sleep 4711'], { effect: 'read' });
    await expect(run(through, sleep, { timeoutMs: 1500 })).rejects.toThrow('1500');
    expect(await inLab('pgrep -f "^sleep 4711" || echo gone')).toBe('gone');
  });

  it('lets a copy be received without sudo', async () => {
    const host = labTransport(reader);
    const to = { dataset: `${offsite}/backups`, transport: host };
    const replication = replicate({ target, to, transport });
    const { permissions, ...allowed } = receiveRights(await replication.plan(), { user: reader });
    expect(permissions).not.toContain('destroy');
    await inLab(allowed.toShell());
    const report = await replication.run();
    expect(report.outcome).toBe('success');
    const again = await replication.run();
    expect(again.outcome).toBe('success');
    const mine = run(host, createCommand('zfs', ['destroy', '-r', `${offsite}/backups`]));
    await expect(mine).rejects.toThrow();
    await inLab(toShell(createCommand('zfs', ['list', `${offsite}/backups`])));
  });
});
