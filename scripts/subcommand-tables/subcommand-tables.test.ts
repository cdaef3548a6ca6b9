import { readFileSync } from 'node:fs';
import path from 'node:path';
import { recorded, releases, type RecordedClient } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { rsyncOwnOptions } from '../../packages/rsync/src/without-method.js';
import { clients, namesIn, type Client, type Program } from './clients.js';
import { optionsOf } from './options-of.js';
import { renderTables } from './render.js';
import { subcommandsInHelp } from './subcommands-in-help.js';

const docs = path.join(import.meta.dirname, '..', '..', 'docs', 'subcommands');

/** What a program says on any release that it can do. */
function known(client: Client, { program }: Program): Set<string> {
  const name = program === client.name ? 'help' : `help ${program}`;
  return new Set(
    releases(client.name as RecordedClient).flatMap((release) => {
      const { stdout, stderr } = recorded(release, name);
      return subcommandsInHelp(program, stdout + stderr);
    }),
  );
}

/** What the methods of a client run of a program; of rsync the options that are properties. */
function covered({ methods }: Client, { program }: Program): string[] {
  const rows = Object.values(methods);
  if (program === 'rsync') {
    const words = rows.flatMap((row) => optionsOf(row.rows).flatMap((option) => option.words));
    return [...words.map((word) => word.replace(/=$/, '')), ...rsyncOwnOptions];
  }
  return rows.flatMap(({ command }) => {
    const [first = '', second = ''] = command.split(' ');
    if (program === 'lvm') return [first];
    return first === program && second !== '' ? [second] : [];
  });
}

describe.each(clients)('the subcommands of $name', (client) => {
  it('are in its page as the code has them: npm run docs:tables writes it', () => {
    expect(readFileSync(path.join(docs, `${client.name}.md`), 'utf8')).toBe(renderTables(client));
  });

  it.each(client.programs)('have a method each, or stand in the list of those without: $program', (program) => {
    const said = known(client, program);
    const { forPeople, leftToRun = {}, notYet } = program.withoutMethod;
    const without = [...namesIn(forPeople), ...namesIn(notYet), ...Object.keys(leftToRun)];
    const methods = new Set(covered(client, program));
    expect(said.size).toBeGreaterThan(20);
    expect([...said].filter((name) => !methods.has(name) && !without.includes(name)).sort()).toEqual([]);
    expect(without.filter((name) => methods.has(name) || !said.has(name))).toEqual([]);
    expect(without.filter((name, index) => without.indexOf(name) !== index)).toEqual([]);
  });
});
