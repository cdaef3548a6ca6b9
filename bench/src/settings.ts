/** What both sides back up, and to where: the documented procedure's own settings. */
export const domains: readonly string[] = ['Server-Tim', 'MySQL'];

/** The volumes that hold the guests' images. */
export const volumes: readonly string[] = ['/dev/SSD/images', '/dev/raid5/VM.images'];

/** The dataset that both copy to. */
export const target = 'archives/backups';

/** The folder of the host that both copy, in place of all of it. */
export const hostRoot = '/etc';
