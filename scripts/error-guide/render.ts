import type { DocumentedError } from './read-errors.js';

/** The packages in the order in which somebody meets them. */
const packages: readonly (readonly [name: string, title: string])[] = [
  ['backup-recipes', 'Of the recipes'],
  ['command', 'Of every command'],
  ['virsh', 'Of virsh'],
  ['lvm', 'Of LVM'],
  ['zfs', 'Of ZFS'],
  ['rsync', 'Of rsync'],
];

const start = `---
title: Errors, and what to do about each
group: Backups
order: 80
---

# Errors, and what to do about each

Made by \`npm run docs:tables\` from the doc comments of the classes.

Every error of quiesce has a class, and is told by \`isInstance\`, which also works where two copies
of a package are installed. What it is about is in its fields; its message is one line without
secrets.

\`\`\`ts
import { CommandError, TransportError } from '@quiesce/command';
import { createZfs, DatasetNotFoundError } from '@quiesce/zfs';

const zfs = createZfs();
try {
  await zfs.destroy({ name: 'tank/old' });
} catch (error) {
  if (DatasetNotFoundError.isInstance(error)) console.log(\`\${error.dataset} is gone already\`);
  else if (TransportError.isInstance(error)) console.error('is the host away?', error.started);
  else if (CommandError.isInstance(error)) console.error(error.message, error.command?.args);
  else throw error;
}
\`\`\`

An error of a tool is its own class, below the class of its client, below \`ExitError\`, below
\`CommandError\`. So \`ExitError.isInstance\` is true of all that a program refused, and its \`stderr\`
has the program's own words. Errors of recipes that have a \`report\` extend \`RecipeFailedError\`.
\`failureNotice(error)\` says in plain text what happened, what is safe and what to type, and
\`exitCodeOf(error)\` what a script should exit with.
`;

function table(errors: readonly DocumentedError[]): string {
  const rows = errors.map(({ meaning, name, whatToDo }) => [`\`${name}\``, meaning, whatToDo]);
  const all = [['error', 'what it means', 'what to do'], ...rows].map((cells) =>
    cells.map((cell) => cell.replaceAll('|', String.raw`\|`)),
  );
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...rest] = all;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}

/** The guide to all errors. */
export function renderErrors(errors: readonly DocumentedError[]): string {
  const parts = packages.map(([name, title]) => {
    const own = errors.filter((error) => error.package === name);
    return `\n## ${title}\n\n${table(own)}\n`;
  });
  return `${start}${parts.join('')}`;
}
