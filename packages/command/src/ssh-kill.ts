const gone = 'gone';

// Two seconds. What is not gone then hangs in the kernel.
const looks = Array.from({ length: 20 }, (_, index) => String(index)).join(' ');

/**
 * The line that the login shell on the other side runs to signal a process group. After SIGKILL it
 * waits for the end of the group and then says so: see {@link saysGone}.
 */
export function killLine(signal: 'TERM' | 'KILL', group: number): string {
  const target = `-- -${String(group)}`;
  const send = `kill -s ${signal} ${target}`;
  if (signal === 'TERM') return send;
  // Only this message proves it: a group that may not be signalled is refused too.
  const look = `case $(LC_ALL=C kill -0 ${target} 2>&1) in *o\\ such\\ process*) echo ${gone}; exit;; esac`;
  return `${send}; for look in ${looks}; do ${look}; sleep 0.1; done`;
}

/** Whether what {@link killLine} printed tells that the group is gone. */
export function saysGone(stdout: string): boolean {
  return stdout.trim() === gone;
}
