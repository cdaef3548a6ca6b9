import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { virshResumeCommand } from './resume.js';
import { virshSuspendCommand } from './suspend.js';

describe('virshSuspendCommand and virshResumeCommand', () => {
  it('build their only form', () => {
    const rest = { file: 'virsh', effect: 'write', stop: 'wait' };
    expect(virshSuspendCommand({ domain: 'MySQL' })).toEqual({ ...rest, args: ['suspend', '--domain=MySQL'] });
    expect(virshResumeCommand({ domain: '-x y' })).toEqual({ ...rest, args: ['resume', '--domain=-x y'] });
  });

  it.each(['', '12', 'a\nb'])('refuse %j', (domain) => {
    expect(() => virshSuspendCommand({ domain })).toThrow(InvalidArgumentError);
    expect(() => virshResumeCommand({ domain })).toThrow(InvalidArgumentError);
  });
});
