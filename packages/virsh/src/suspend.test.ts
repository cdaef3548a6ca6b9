import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { resumeCommand } from './resume.js';
import { suspendCommand } from './suspend.js';

describe('suspendCommand and resumeCommand', () => {
  it('build their only form', () => {
    const rest = { file: 'virsh', effect: 'write', stop: 'wait' };
    expect(suspendCommand({ domain: 'MySQL' })).toEqual({ ...rest, args: ['suspend', '--domain=MySQL'] });
    expect(resumeCommand({ domain: '-x y' })).toEqual({ ...rest, args: ['resume', '--domain=-x y'] });
  });

  it.each(['', '12', 'a\nb'])('refuse %j', (domain) => {
    expect(() => suspendCommand({ domain })).toThrow(InvalidArgumentError);
    expect(() => resumeCommand({ domain })).toThrow(InvalidArgumentError);
  });
});
