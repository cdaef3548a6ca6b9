import { checkTag } from './names.js';

/** `--addtag` or `--deltag` for each tag. */
export function tagArguments(flag: '--addtag' | '--deltag', argument: string, tags: readonly string[] = []): string[] {
  return tags.flatMap((tag, index) => [flag, checkTag(`${argument}[${String(index)}]`, tag)]);
}
