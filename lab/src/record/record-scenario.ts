import { buffer } from 'node:stream/consumers';
import { createCommand, run, type Command, type Transport } from '@quiesce/command';
import type { Release } from '../release.js';
import { toFixtureText, type Fixture, type TopicFixtures } from './fixture.js';
import type { Case, Scenario } from './scenario.js';

const folder = '/tmp/quiesce-recording';
// No step takes a minute, also under software emulation beside another lab.
const timeoutMs = 300_000;
const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups', '--'];

/** Where and how a scenario is recorded. */
export interface RecordScenarioOptions {
  readonly transport: Transport;
  readonly release: Release;
  readonly signal: AbortSignal;
}

/**
 * Runs a scenario and returns what its cases printed. What the scenario made is gone afterwards,
 * also after a failure.
 *
 * @throws the error of a set-up that failed, with what it said.
 */
export async function recordScenario(scenario: Scenario, options: RecordScenarioOptions): Promise<TopicFixtures> {
  const { release, signal, transport } = options;
  // A step that has begun ends: half of one is more than a tear-down could know.
  const shell = async (script: string): Promise<void> => {
    signal.throwIfAborted();
    await run(transport, createCommand('sh', ['-euc', script], { cwd: folder }), { timeoutMs });
  };
  const recorded: Record<string, Fixture> = {};
  await tearDown(scenario, transport);
  try {
    await run(transport, createCommand('mkdir', ['--mode=755', folder]), { timeoutMs });
    if (scenario.setUp !== undefined) await shell(scenario.setUp);
    for (const each of scenario.cases) {
      if (each.only !== undefined && each.only !== release) continue;
      if (each.before !== undefined) await shell(each.before);
      signal.throwIfAborted();
      recorded[each.name] = await recordCase(each, scenario, transport);
    }
  } finally {
    await tearDown(scenario, transport);
  }
  return recorded;
}

async function tearDown(scenario: Scenario, transport: Transport): Promise<void> {
  const script = `cd /\n${scenario.tearDown ?? ''}\ncd / && rm -rf --one-file-system ${folder}`;
  await run(transport, createCommand('sh', ['-c', script]), { timeoutMs });
}

async function recordCase(each: Case, scenario: Scenario, transport: Transport): Promise<Fixture> {
  const running = transport.start(commandOf(each, scenario), { timeoutMs });
  if (each.stdin === undefined) running.stdin.end();
  const [stdout, stderr, { exitCode, signal }] = await Promise.all([
    buffer(running.stdout),
    buffer(running.stderr),
    running.result,
  ]);
  if (exitCode === undefined) throw new Error(`${each.name}: ended by ${signal ?? 'a signal'}`);
  const args = 'script' in each ? ['-c', each.script] : each.args;
  return { args, exitCode, stdout: toFixtureText(stdout), stderr: toFixtureText(stderr) };
}

function commandOf(each: Case, { program, env }: Scenario): Command {
  const [file, args] = 'script' in each ? ['sh', ['-c', each.script]] : [each.program ?? program, each.args];
  const { stdin } = each;
  const options = { cwd: folder, ...(env !== undefined && { env }), ...(stdin !== undefined && { stdin }) };
  return each.user === undefined
    ? createCommand(file, args, options)
    : createCommand('setpriv', [...asNobody, file, ...args], options);
}
