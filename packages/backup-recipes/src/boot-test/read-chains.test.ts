import { scriptedTransport } from '@quiesce/command/testing';
import { parseVirshDumpxml } from '@quiesce/virsh';
import { describe, expect, it } from 'vitest';
import { readChains } from './read-chains.js';

const path = '/srv/SSD/images/MySQL.qcow2';
const definition = parseVirshDumpxml(
  `<domain type="kvm"><name>g</name><uuid>6a1c2a53-0d2e-4f3b-8a4c-3a9c4f6e0001</uuid><devices>
   <disk type="file" device="disk"><driver name="qemu" type="qcow2"/><source file="${path}"/><target dev="vda"/></disk>
   </devices></domain>`,
);

describe('readChains', () => {
  it('reads images of a snapshot from a mount of their own, and not below .zfs', async () => {
    const transport = scriptedTransport(() => ({ stdout: '{}' }));
    const snapshot = 'archives/backups@daily.1';
    const folder = '/archives/backups/.zfs/snapshot/daily.1';
    const image = { path, folder: 'SSD.images', file: 'MySQL.qcow2', at: `${folder}/SSD.images/MySQL.qcow2` };
    const more = { sizeBytes: 1, allocatedBytes: 1, runId: undefined, complete: true };
    const guest = { name: 'g', uuid: '', complete: true, images: [{ ...image, ...more }] };
    const found = await readChains(transport, definition, { guest, state: { snapshot, folder } }, {});
    expect(found).toEqual({ backing: new Map([[path, []]]), problems: [] });
    const [command] = transport.commands;
    expect(command?.file).toBe('unshare');
    expect(command?.args.slice(-10)).toEqual([
      ...[snapshot, '/archives/backups', 'qemu-img', 'info', '--force-share', '--output=json', '-f', 'qcow2', '--'],
      '/archives/backups/SSD.images/MySQL.qcow2',
    ]);
    expect(JSON.stringify(command)).not.toContain('.zfs');
  });
});
