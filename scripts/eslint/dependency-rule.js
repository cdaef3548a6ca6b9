import path from 'node:path';

/**
 * The one direction of dependencies, backup-recipes → clients → command → execa, as an ESLint rule.
 *
 * ESLint's `no-restricted-imports` sees neither `import()` nor a relative path that leaves its
 * package, so this does.
 */

const clients = ['virsh', 'lvm', 'zfs', 'rsync'];

/** Which of our own packages each package may import. Itself is always allowed. */
const allowed = {
  command: [],
  ...Object.fromEntries(clients.map((client) => [client, ['command']])),
  'backup-recipes': ['command', ...clients],
};

/** What only `@quiesce/command` may import, because it alone starts processes. */
const processModules = new Set(['execa', 'child_process', 'node:child_process']);

/**
 * The package that a file belongs to, its root folder, and whether the file is one of its
 * end-to-end tests or its unit tests.
 */
function locate(filename) {
  const match = /^(.*\/packages\/([^/]+))\/(.*)$/.exec(filename.split(path.sep).join('/'));
  if (match === null) return undefined;
  const [, root, name, rest] = match;
  return { root, name, isTest: rest.startsWith('test/'), isUnitTest: rest.endsWith('.test.ts') };
}

/** The reason why this import is forbidden, or undefined. */
function objection(from, filename, source) {
  if (source.startsWith('.')) {
    const target = path.resolve(path.dirname(filename), source);
    return target.startsWith(`${from.root}/`) ? undefined : 'a relative import that leaves its package';
  }
  if (processModules.has(source.replace(/^execa\/.*/, 'execa')) && from.name !== 'command') {
    return 'only @quiesce/command starts processes';
  }
  const target = /^@quiesce\/([^/]+)/.exec(source)?.[1];
  if (target === undefined || target === from.name) return undefined;
  if (target === 'lab' && from.isTest) return undefined;
  // What was recorded in the lab; reading it starts none.
  if (source === '@quiesce/lab/recorded' && from.isUnitTest) return undefined;
  if ((allowed[from.name] ?? []).includes(target)) return undefined;
  return `@quiesce/${from.name} may import ${(allowed[from.name] ?? []).join(', ') || 'none'} of our packages`;
}

/** @type {import('eslint').Rule.RuleModule} */
export const dependencyRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { forbidden: "'{{source}}' is against the dependency rule: {{reason}}." },
  },
  create(context) {
    const from = locate(context.filename);
    if (from === undefined) return {};
    const check = (node) => {
      const literal = node.source ?? node.moduleReference?.expression;
      const source = literal?.value;
      if (typeof source !== 'string') return;
      const reason = objection(from, context.filename, source);
      if (reason !== undefined) context.report({ node, messageId: 'forbidden', data: { source, reason } });
    };
    return {
      ImportDeclaration: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
      TSImportEqualsDeclaration: check,
    };
  },
};
