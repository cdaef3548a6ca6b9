import { localTransport, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { parsePrograms, programsCommand } from './programs.js';

describe('programsCommand', () => {
  it('finds those that are there, and is no failure for the others', async () => {
    const command = programsCommand({ programs: ['sh', 'no-such-program', "it's $HOME", 'cat', 'nor-this'] });
    expect(command).toMatchObject({ file: 'sh', effect: 'read', stop: 'kill' });
    const { stdout } = await run(localTransport(), command);
    expect([...parsePrograms(stdout)]).toEqual(['sh', 'cat']);
  });
});
