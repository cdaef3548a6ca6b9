const administrationDirectories = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * A `PATH` in which the administration tools are found: cron and ordinary users have one without
 * `sbin`.
 */
export function systemPath(path = '/usr/local/bin:/usr/bin:/bin'): string {
  const present = path.split(':');
  return [...present, ...administrationDirectories.filter((directory) => !present.includes(directory))].join(':');
}
