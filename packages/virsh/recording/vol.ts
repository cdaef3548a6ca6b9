import type { Scenario } from '@quiesce/lab/scenario';

const pool = 'quiesce-virsh-pool';
const folder = '/srv/quiesce-virsh-pool';

export const scenario: Scenario = {
  program: 'virsh',
  setUp: `
    mkdir -p ${folder}
    truncate -s 1M '${folder}/a b.img'
    virsh --quiet pool-create-as ${pool} dir --target ${folder}
  `,
  cases: [
    { name: 'vol-path', args: ['vol-path', `--pool=${pool}`, '--vol=a b.img'] },
    { name: 'vol-path-no-volume', args: ['vol-path', `--pool=${pool}`, '--vol=nosuch'] },
    { name: 'vol-path-no-pool', args: ['vol-path', '--pool=nosuch', '--vol=a b.img'] },
  ],
  tearDown: `
    virsh pool-destroy ${pool}
    rm -rf ${folder}
  `,
};
