import { createCommand, localTransport, run } from '@quiesce/command';
import { expect, it } from 'vitest';
import { comment, lockedScriptStart } from './locked-script.js';

it('begins a script that holds the lock of the host', async () => {
  const lines = lockedScriptStart(['again() { "$@" || "$@"; }']);
  expect(lines.slice(-4)).toEqual([
    '# No run may be under way meanwhile.',
    '[ -d /run/quiesce ] || mkdir -m 700 -- /run/quiesce || exit 1',
    'exec 9</run/quiesce',
    "flock --nonblock 9 || { echo 'a run is under way on this host' >&2; exit 75; }",
  ]);
  expect(lines.indexOf('again() { "$@" || "$@"; }')).toBe(lines.indexOf('failed=0') + 1);
  const check = createCommand('sh', ['-n'], { effect: 'read', stdin: [...lines, 'exit $failed', ''].join('\n') });
  expect((await run(localTransport(), check)).exitCode).toBe(0);
});

it('keeps a comment in its line', () => {
  expect(comment('a\nrm -r /\r\u0085b')).toBe('# a rm -r / b');
});
