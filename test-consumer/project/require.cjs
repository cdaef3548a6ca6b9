// What somebody writes who has CommonJS. Run by each Node that the packages say they run on.
require('@quiesce/command/testing');
const { createCommand, dryRun, localTransport, run } = require('@quiesce/command');
const { createLvm } = require('@quiesce/lvm');
const { createRsync } = require('@quiesce/rsync');
const { createVirsh } = require('@quiesce/virsh');
const { createZfs } = require('@quiesce/zfs');
const { lvmToZfsBackup } = require('@quiesce/backup-recipes');

const transport = dryRun(localTransport());
const backup = lvmToZfsBackup({ transport, domains: [], volumes: ['/dev/SSD/images'], target: 'archives/backups' });
const methods = [
  createLvm({ transport }).lvs,
  createRsync({ transport }).sync,
  createVirsh({ transport }).list,
  createZfs({ transport }).list,
  backup.run,
];

run(transport, createCommand('printf', ['said'], { effect: 'read' })).then(({ stdout }) => {
  const made = methods.filter((method) => typeof method === 'function').length;
  console.log(JSON.stringify({ node: process.versions.node, made, stdout }));
});
