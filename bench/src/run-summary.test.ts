import { describe, expect, it } from 'vitest';
import { copyFactsOf } from './run-summary.js';

describe('copyFactsOf', () => {
  it('adds up the steps of a kind', () => {
    const step = (name: 'copy' | 'verify' | 'check', durationMs: number): object => ({
      ...{ step: name, subject: 'x', state: 'finished', startedMs: 0, durationMs },
    });
    const steps = [step('check', 1), step('copy', 20), step('verify', 300), step('copy', 4000)] as never;
    expect(copyFactsOf({ steps })).toEqual({ copyMs: 4020, verifyMs: 300 });
  });
});
