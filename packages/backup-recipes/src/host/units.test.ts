import { createCommand } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import {
  copyUnit,
  inScope,
  isBusy,
  parseUnitStates,
  roleOfUnit,
  startPauseUnitCommand,
  startResumeUnitCommand,
  stopUnitsCommand,
  unitStatesCommand,
} from './units.js';

const runId = '1364083186-0badf00d';

describe('the units of a run', () => {
  it('run the script of its pause, and what is to do at its end', () => {
    expect(startPauseUnitCommand({ runId, maximumSeconds: 62 })).toEqual({
      file: 'systemd-run',
      args: [
        ...['--quiet', '--wait', '--pipe', '--collect', `--unit=quiesce-pause-${runId}.service`],
        '--description=Pauses guests while snapshots of their volumes are made',
        ...['--property=KillMode=process', '--property=RuntimeMaxSec=62', '--property=TimeoutStopSec=10'],
        `--property=ExecStopPost=/bin/bash /run/quiesce/${runId}/pause end`,
        ...['--', '/bin/bash', `/run/quiesce/${runId}/pause`, 'run'],
      ],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('copy, in a scope that a lost link does not end', () => {
    const command = createCommand('rsync', ['--archive', '$HOME/', '/x'], { effect: 'write', env: { LC_ALL: 'C' } });
    expect(inScope(command, { unit: copyUnit(runId, '3'), description: 'Copies' })).toEqual({
      ...command,
      file: 'systemd-run',
      args: [
        ...['--scope', '--quiet', '--collect', `--unit=quiesce-copy-${runId}-3.scope`, '--description=Copies'],
        ...['--property=TimeoutStopSec=10', '--', 'rsync', '--archive', '$HOME/', '/x'],
      ],
    });
  });

  it.each([
    [`quiesce-pause-${runId}.service`, { role: 'pause', runId }],
    [`quiesce-resume-${runId}.service`, { role: 'resume', runId }],
    [`quiesce-copy-${runId}-12.scope`, { role: 'copy', runId }],
    [`quiesce-copy-${runId}-0verify.scope`, { role: 'copy', runId }],
    [`quiesce-copy-${runId}.scope`, undefined],
    [`quiesce-copy-${runId}-1.service`, undefined],
    ['quiesce-pause-old.service', undefined],
  ])('are known by their names: %s', (unit, role) => {
    expect(roleOfUnit(unit)).toEqual(role);
  });

  it('go on resuming for a day', () => {
    expect(startResumeUnitCommand({ runId })).toEqual({
      file: 'systemd-run',
      args: [
        ...['--quiet', '--no-block', '--collect', `--unit=quiesce-resume-${runId}.service`],
        ...['--description=Resumes guests that a backup paused', '--property=Restart=on-failure'],
        ...['--property=RestartSec=5', '--property=OOMPolicy=continue', '--property=RuntimeMaxSec=90000'],
        ...['--', '/bin/bash', `/run/quiesce/${runId}/pause`, 'resume'],
      ],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('are stopped and looked at by systemctl', () => {
    expect(stopUnitsCommand({ units: ['a.service', 'b.service'] })).toMatchObject({
      file: 'systemctl',
      args: ['stop', '--', 'a.service', 'b.service'],
      effect: 'write',
    });
    expect(unitStatesCommand({ units: ['quiesce-*'] })).toMatchObject({
      file: 'systemctl',
      args: ['show', '--property=Id,ActiveState', '--', 'quiesce-*'],
      effect: 'read',
    });
  });
});

describe('roleOfUnit', () => {
  it.each([
    ['quiesce-pause-1364083186-0a0b0c0d.service', { role: 'pause', runId: '1364083186-0a0b0c0d' }],
    ['quiesce-resume-1364083186-0a0b0c0d.service', { role: 'resume', runId: '1364083186-0a0b0c0d' }],
    ['quiesce-resume-tomorrow.service', undefined],
    ['quiesce-resume-1364083186-0a0b0c0d.timer', undefined],
  ])('%s', (unit, role) => {
    expect(roleOfUnit(unit)).toEqual(role);
  });
});

describe('parseUnitStates', () => {
  it('reads one unit, several and none', () => {
    expect(parseUnitStates('')).toEqual([]);
    expect(parseUnitStates('Id=a.service\nActiveState=active\n\nActiveState=inactive\nId=b.service\n')).toEqual([
      { unit: 'a.service', state: 'active' },
      { unit: 'b.service', state: 'inactive' },
    ]);
  });

  it('tells which do something', () => {
    const states = ['active', 'activating', 'deactivating', 'reloading', 'inactive', 'failed'];
    expect(states.filter((state) => isBusy({ unit: 'a.service', state }))).toEqual(states.slice(0, 4));
  });
});
