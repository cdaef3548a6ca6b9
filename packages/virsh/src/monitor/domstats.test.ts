import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { virshDomstatsCommand } from './domstats.js';

describe('virshDomstatsCommand', () => {
  it('builds the defaults', () => {
    expect(virshDomstatsCommand()).toEqual({
      file: 'virsh',
      args: ['domstats', '--raw'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const { args } = virshDomstatsCommand({
      domains: ['MySQL', '-x'],
      groups: ['state', 'cpu-total'],
      backing: true,
      nowait: true,
      enforce: true,
    });
    const flags = ['--state', '--cpu-total', '--backing', '--nowait', '--enforce'];
    expect(args).toEqual(['domstats', '--raw', ...flags, '--domain=MySQL', '--domain=-x']);
    expect(virshDomstatsCommand({ filters: ['active', 'paused'] }).args.slice(2)).toEqual([
      '--list-active',
      '--list-paused',
    ]);
  });

  it('refuses domains together with filters, and bad names by their place', () => {
    expect(() => virshDomstatsCommand({ domains: ['a'], filters: ['active'] })).toThrow(InvalidArgumentError);
    expect(() => virshDomstatsCommand({ domains: ['a', '7'] })).toThrow('domains[1]: "7"');
  });
});
