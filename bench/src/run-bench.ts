import { lvmToZfsBackup, type BackupReport } from '@quiesce/backup-recipes';
import { createCommand, run } from '@quiesce/command';
import type { Lab } from '@quiesce/lab';
import { copyFactsOf, type RunRound } from './run-summary.js';
import { median } from './summary.js';

/** How the benchmark is run. */
export interface RunBenchOptions {
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** Everything that was measured. */
export interface RunBenchResult {
  readonly version: 1;
  readonly bench: 'run';
  readonly release: string;
  readonly accelerator: string;
  readonly rounds: readonly RunRound[];
}

const volume = '/dev/SSD/bench';
const verifications = ['none', 'sampled', 'full'] as const;

const notes: readonly string[] = [
  'Four images of 512 MiB of random bytes on a volume of their own, in which 1 % changes before each round, in pieces of 64 KiB. No guests.',
  'Bare rsync has the same words as the recipe, on an LVM snapshot that is made and mounted for it, to a dataset of its own. Only rsync is measured, from outside.',
  'A run is measured from outside, whole: preflight, snapshot, check, mount, copy, clean-up. Its copy is the step of that name in the report.',
];

const prepare = `
lvcreate -qq --yes -L 3G -n bench SSD && mkfs.ext4 -q ${volume} && mkdir -p /srv/bench && mount ${volume} /srv/bench
for number in 1 2 3 4; do dd status=none if=/dev/urandom of=/srv/bench/$number.img bs=1M count=512; done
zfs create archives/bench && zfs create archives/bare && sync`;

// 320 pieces of 64 KiB are 20 MiB.
const change = `
for number in 1 2 3 4; do
  for piece in $(seq 80); do
    dd status=none conv=notrunc if=/dev/urandom of=/srv/bench/$number.img bs=64K count=1 seek=$(((RANDOM * 32768 + RANDOM) % 8192))
  done
done
sync; echo 3 >/proc/sys/vm/drop_caches`;

const freeze = `lvcreate -qq --yes -s -L 1G -n bare ${volume} && mkdir -p /run/bare && fsck -p /dev/SSD/bare >/dev/null; mount -o ro /dev/SSD/bare /run/bare`;
const thaw = 'umount /run/bare && lvremove -qq --yes SSD/bare; echo 3 >/proc/sys/vm/drop_caches';
const rsync =
  'rsync --archive --one-file-system --hard-links --no-whole-file --inplace --delete --modify-window=-1 /run/bare/ /archives/bare/SSD.bench/';

/** Measures a run of the recipe over images against rsync alone. */
export async function runRunBench(lab: Lab, { print, rounds, signal }: RunBenchOptions): Promise<RunBenchResult> {
  const inLab = async (script: string): Promise<number> => {
    const startedAt = performance.now();
    await run(lab.transport, createCommand('bash', ['-c', script]), { signal });
    return performance.now() - startedAt;
  };
  const backUp = async (verify: (typeof verifications)[number]): Promise<{ report: BackupReport; wallMs: number }> => {
    const startedAt = performance.now();
    const report = await lvmToZfsBackup({
      ...{ domains: [], volumes: [volume], target: 'archives/bench', hostRoot: false, verify },
      transport: lab.transport,
    }).run({ signal });
    return { report, wallMs: performance.now() - startedAt };
  };
  const bare = async (): Promise<number> => {
    await inLab(freeze);
    const wallMs = await inLab(rsync);
    await inLab(thaw);
    return wallMs;
  };
  for (const note of notes) print(`- ${note}`);
  await inLab(prepare);
  await bare();
  await backUp('none');
  const done: RunRound[] = [];
  for (let number = 1; number <= rounds; number += 1) {
    for (const verify of verifications) {
      await inLab(change);
      const first = number % 2 === 1 ? await bare() : undefined;
      const { report, wallMs } = await backUp(verify);
      const bareMs = first ?? (await bare());
      const round = { verify, bareMs, wallMs, ...copyFactsOf(report) };
      done.push(round);
      const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
      print(
        `round ${String(number)}, verify ${verify}: rsync ${seconds(bareMs)}, run ${seconds(wallMs)}, of which copy ${seconds(round.copyMs)}, verify ${seconds(round.verifyMs)}`,
      );
    }
  }
  print('\nMedians of the ratios to bare rsync in the same round:');
  for (const verify of verifications) {
    const of = done.filter((round) => round.verify === verify);
    const ratio = (pick: (round: RunRound) => number): string =>
      median(of.map((one) => pick(one) / one.bareMs)).toFixed(2);
    print(
      `verify ${verify.padEnd(8)} whole run ${ratio(({ wallMs }) => wallMs)}, copy ${ratio(({ copyMs }) => copyMs)}`,
    );
  }
  const { release, accelerator } = lab;
  return { version: 1, bench: 'run', release, accelerator, rounds: done };
}
