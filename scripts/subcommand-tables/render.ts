import type { AnyTable } from '@quiesce/command';
import { namesIn, type Client, type Program } from './clients.js';
import { optionsOf, type MethodOption } from './options-of.js';

const code = (text: string): string => `\`${text}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', String.raw`\|`)));
  const widths = head.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...rest] = all;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}

/** `recursive` is `-r`: the word as people type it, without the `=` that joins it to its value. */
const optionCell = ({ property, words }: MethodOption): string =>
  [code(property), ...words.map((word) => code(word.replace(/=$/, '').replace(/-$/, '-…')))].join(' ');

const optionsCell = (rows: AnyTable): string => optionsOf(rows).map(optionCell).join(', ') || 'none';

/** Of rsync, whose methods share nearly all of their options. */
function propertiesTable({ methods }: Client): string {
  const found = new Map<string, { readonly words: readonly string[]; readonly methods: string[] }>();
  const widestFirst = Object.entries(methods)
    .map(([method, { rows }]) => ({ method, options: optionsOf(rows) }))
    .sort((one, other) => other.options.length - one.options.length);
  for (const { method, options } of widestFirst) {
    for (const { property, words } of options) {
      const known = found.get(property);
      if (known === undefined) found.set(property, { words, methods: [method] });
      else known.methods.push(method);
    }
  }
  const rows = Array.from(found, ([property, { methods: takers, words }]) => [
    words.map((word) => code(word.replace(/=$/, ''))).join(', ') || 'written by the method',
    code(property),
    takers.map(code).join(', '),
  ]);
  return table(['option', 'property', 'of'], rows);
}

function methodsTable({ methods, name }: Client): string {
  const rows = Object.entries(methods)
    .map(([method, row]) => [code(row.command), code(`${name}.${method}`), optionsCell(row.rows)])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return table(['command', 'method', 'options'], rows);
}

function madeOfSeveral({ madeOfSeveral: methods = {} }: Client): string[] {
  const rows = Object.entries(methods).map(([method, { commands, remark, rows: options }]) => [
    code(method),
    [commands.map(code).join(', '), ...(remark === undefined ? [] : [remark])].join('; '),
    optionsCell(options),
  ]);
  const head = ['method', 'commands', 'options'];
  return rows.length === 0 ? [] : ['', '## Made of several commands', '', table(head, rows)];
}

function wrapped(names: readonly string[]): string {
  const lines = [''];
  for (const name of names) {
    const last = lines.at(-1) ?? '';
    const next = last === '' ? name : `${last} ${name}`;
    if (next.length > 100) lines.push(name);
    else lines[lines.length - 1] = next;
  }
  return lines.join('\n');
}

function withoutMethod({ program, withoutMethod: lists }: Program, what: string): string[] {
  const part = (title: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : ['', title, '', wrapped([...names].sort().map(code))];
  const isRsync = program === 'rsync';
  const left = Object.entries(lists.leftToRun ?? {}).map(([name, reason]) => [code(name), reason]);
  return [
    ...(left.length === 0
      ? []
      : ['', `${what} of ${code(program)} ${isRsync ? 'that need none' : 'that are left to `run`'}:`, '']),
    ...(left.length === 0 ? [] : [table([isRsync ? 'option' : 'command', 'reason'], left)]),
    ...part(`${what} of ${code(program)} that wait for theirs:`, namesIn(lists.notYet)),
    ...part(`${what} of ${code(program)} for a person at a terminal, and for no program:`, namesIn(lists.forPeople)),
  ];
}

const titleOf = (name: string): string => `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;

/** The page that says which subcommand is which method, and which option is which property. */
export function renderTables(client: Client): string {
  const { name, programs } = client;
  const isRsync = name === 'rsync';
  const [what, has] = isRsync ? ['Options', 'property'] : ['Subcommands', 'method'];
  const samples = programs.flatMap(({ sample }) => (sample === undefined ? [] : [sample]));
  const way = isRsync
    ? ["`extraArguments` of `rsync.sync` takes these all the same: `['--stderr=all']`."]
    : [
        "`run` runs these all the same. What only reads is made with `{ effect: 'read' }`.",
        '',
        ...['```ts', "import { createCommand } from '@quiesce/command';"],
        ...[`import { create${titleOf(name)} } from '@quiesce/${name}';`, ''],
        `const ${name} = create${titleOf(name)}();`,
        ...[...samples, '```'],
      ];
  return [
    `# ${name}: its ${isRsync ? 'options' : 'subcommands'} and their ${isRsync ? 'properties' : 'methods'}`,
    '',
    `Made by \`npm run docs:tables\` from the code of \`@quiesce/${name}\`.`,
    '',
    isRsync ? propertiesTable(client) : methodsTable(client),
    ...madeOfSeveral(client),
    '',
    `## Without a ${has}`,
    '',
    ...way,
    ...programs.flatMap((program) => withoutMethod(program, what)),
    '',
  ].join('\n');
}
