import type { Scenario } from '@quiesce/lab/scenario';
import { agent, createAgentDomain, removeAgentDomain } from './parts/agent-domain.js';
import { createDomains, disks, guest, removeDomains, running, runningWord } from './parts/domains.js';

/** libvirt's own driver for tests has a domain whose guest answers. */
const test = ['--connect', 'test:///default', 'domtime', '--domain=test'];

export const scenario: Scenario = {
  program: 'virsh',
  setUp: createDomains,
  cases: [
    { name: 'list', args: ['list', '--uuid', '--id', '--name', '--all'] },
    { name: 'domstate-running', args: ['domstate', `--domain=${running}`, '--reason'] },
    {
      name: 'domstate-paused',
      before: `virsh suspend ${runningWord}`,
      args: ['domstate', `--domain=${running}`, '--reason'],
    },
    { name: 'domstate-off', args: ['domstate', `--domain=${disks}`, '--reason'] },
    {
      name: 'domstats',
      before: `virsh resume ${runningWord}`,
      args: ['domstats', '--raw', disks, running],
    },
    { name: 'domstats-paused', args: ['domstats', '--raw', '--state', disks, running] },
    { name: 'domstats-guest', args: ['domstats', '--raw', guest] },
    { name: 'domtime', args: test },
    { name: 'domtime-set', args: [...test, '--time=1790000000'] },
    { name: 'domtime-not-found', args: ['domtime', '--domain=nosuch'] },
    { name: 'domtime-off', args: ['domtime', `--domain=${disks}`] },
    { name: 'domtime-set-off', args: ['domtime', `--domain=${disks}`, '--now'] },
    { name: 'domtime-no-agent', args: ['domtime', `--domain=${running}`] },
    { name: 'domtime-set-no-agent', args: ['domtime', `--domain=${running}`, '--sync'] },
    {
      name: 'domtime-agent-silent',
      // Not before: it would be in the list.
      before: createAgentDomain,
      args: ['domtime', `--domain=${agent}`],
    },
    { name: 'domtime-set-agent-silent', args: ['domtime', `--domain=${agent}`, '--now'] },
    { name: 'domtime-paused', before: `virsh suspend ${agent}`, args: ['domtime', `--domain=${agent}`] },
  ],
  tearDown: `
    ${removeAgentDomain}
    ${removeDomains}
  `,
};
