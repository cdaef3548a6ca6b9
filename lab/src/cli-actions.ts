import process from 'node:process';
import { execa } from 'execa';
import { openCache } from './cache.js';
import type { Action, LabCommandLine } from './cli-arguments.js';
import { findLab } from './find-lab.js';
import { installMissingPackages } from './host-packages.js';
import { findInstance, instanceDirectory, listInstances, removeInstance, sweepInstances } from './instances.js';
import { labSshArguments, labSshOptions } from './lab-ssh.js';
import { readyOf, type Lab } from './lab.js';
import { inStep, type OnProgress } from './progress.js';
import { requireClient } from './record/clients.js';
import { recordClient } from './record/record-client.js';
import { startLastingLab } from './start-lab.js';

/** What an action is given besides its words. */
export interface ActionContext {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

const print = (line: string): unknown => process.stdout.write(`${line}\n`);

/** Does what a command line says and returns the exit code. */
export async function runAction(commandLine: LabCommandLine, context: ActionContext): Promise<number> {
  if (commandLine.action === 'install') return install(context);
  await sweepInstances(await openCache(), context.onProgress);
  switch (commandLine.action) {
    case 'up':
      return up(commandLine, context);
    case 'down':
      return down(commandLine, context);
    case 'reset':
      return reset(commandLine, context);
    case 'ssh':
      return ssh(commandLine);
    case 'status':
      return status();
    case 'record':
      return record(commandLine, context);
  }
}

async function up({ name, release }: LabCommandLine, { onProgress, signal }: ActionContext): Promise<number> {
  const running = await findLab(name);
  if (running !== undefined) {
    if (running.release !== release)
      throw new Error(`The lab ${name} runs ${running.release}. Stop it first: ${toType('down', name)}`);
    print(`The lab ${name} runs already.`);
    return 0;
  }
  await installMissingPackages({ onProgress, signal });
  const lab = await startLastingLab({ name, release, onProgress, signal });
  const sshLine = labSshArguments(await sshOptionsOf(name))
    .map(quoteIfNeeded)
    .join(' ');
  print(`The lab ${name} (${lab.release}) runs. To get in: ${toType('ssh', name)}`);
  print(`or: ssh ${sshLine}`);
  return 0;
}

async function install({ onProgress, signal }: ActionContext): Promise<number> {
  await installMissingPackages({ onProgress, signal, forTests: true });
  return 0;
}

async function down({ name }: LabCommandLine, { onProgress }: ActionContext): Promise<number> {
  const cache = await openCache();
  const found = await findInstance(cache, name);
  if (found === undefined) print(`There is no lab ${name}.`);
  else await inStep(onProgress, `Stopping lab ${name}`, () => removeInstance(instanceDirectory(cache, name)));
  return 0;
}

async function reset({ name }: LabCommandLine, { onProgress, signal }: ActionContext): Promise<number> {
  const lab = await requireLab(name);
  await inStep(onProgress, `Resetting lab ${name}`, () => lab.reset(signal));
  return 0;
}

async function ssh({ name, words }: LabCommandLine): Promise<number> {
  await requireLab(name);
  const options = labSshArguments(await sshOptionsOf(name));
  const { exitCode } = await execa('ssh', [...options, ...words], { stdio: 'inherit', reject: false });
  return exitCode ?? 1;
}

async function status(): Promise<number> {
  const instances = await listInstances(await openCache());
  if (instances.length === 0) print('No lab runs.');
  for (const { name, state, record } of instances) {
    const owner = record?.owner === undefined ? `until ${toType('down', name)}` : `with process ${record.owner.pid}`;
    const facts = record === undefined ? [] : [record.release, record.accelerator, `ssh port ${record.sshPort}`, owner];
    print([name, state, ...facts].join(', '));
  }
  return 0;
}

async function record({ client = '', name, release, topic }: LabCommandLine, context: ActionContext): Promise<number> {
  await requireClient(client);
  const lab = await requireLab(name);
  try {
    if (lab.release !== release) throw new Error(`The lab ${name} runs ${lab.release}, not ${release}.`);
    for (const line of await recordClient(client, { lab, ...context, ...(topic !== undefined && { topic }) }))
      print(line);
  } finally {
    await lab.transport.close();
  }
  return 0;
}

async function requireLab(name: string): Promise<Lab> {
  const lab = await findLab(name);
  if (lab === undefined) throw new Error(`No lab ${name} runs. To start it: ${toType('up', name)}`);
  return lab;
}

async function sshOptionsOf(name: string): Promise<ReturnType<typeof labSshOptions>> {
  const cache = await openCache();
  const record = (await findInstance(cache, name))?.record;
  if (record === undefined) throw new Error(`The lab ${name} has just ended.`);
  return labSshOptions(instanceDirectory(cache, name), record.sshPort, readyOf(cache, record).image);
}

/** What to type for an action on a lab. */
function toType(action: Action, name: string): string {
  return `npm run lab -- ${action}${name === 'default' ? '' : ` --name ${name}`}`;
}

function quoteIfNeeded(word: string): string {
  return /^[A-Za-z0-9_./:=@,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
