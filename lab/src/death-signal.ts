/**
 * Words to put in front of a program, so that the kernel ends it when this process has ended, in
 * whatever way.
 */
export function endedWithThisProcess(signalName: 'TERM' | 'KILL'): readonly string[] {
  return ['setpriv', '--pdeathsig', signalName, '--'];
}
