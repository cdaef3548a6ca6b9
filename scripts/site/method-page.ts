import type { DeclarationReflection } from 'typedoc';
import { MarkdownTheme, type MarkdownPageEvent } from 'typedoc-plugin-markdown';
import { clients } from '../subcommand-tables/clients.js';
import { callOf } from './client-router.js';
import { optionLists } from './option-lists.js';
import { partsOf, textOf } from './page-parts.js';

/** What a method runs, in the tool's own words: `zpool status`. */
export function commandsOf(call: string): readonly string[] {
  const [name = '', ...method] = call.split('.');
  const client = clients.find((candidate) => candidate.name === name);
  const command = client?.methods[method.join('.')]?.command;
  return client?.madeOfSeveral?.[call]?.commands ?? (command === undefined ? [] : [command]);
}

function headOf(call: string): readonly string[] {
  const commands = commandsOf(call).map((command) => `\`${command}\``);
  return [`# ${call}`, ...(commands.length === 0 ? [] : [`Runs ${commands.join(', ')}.`])];
}

/**
 * TypeDoc's pages. Those of methods and functions have the example first, then what may be given
 * with its defaults, and of a method the commands that it runs.
 */
export class MethodTheme extends MarkdownTheme {
  override reflectionTemplate = (page: MarkdownPageEvent<DeclarationReflection>): string => {
    const context = this.getRenderContext(page);
    const text = context.templates.reflection(page);
    const [signature, ...further] = page.model.signatures ?? [];
    if (signature === undefined || further.length > 0) return text;
    const call = callOf(page.model);
    const { head, intro, sections } = partsOf(text);
    return [
      ...(call === undefined ? [head] : headOf(call)),
      intro,
      textOf(sections, 'Example'),
      ...optionLists(context, signature),
      ...['Returns', 'Throws', 'See'].map((title) => textOf(sections, title)),
      '',
    ].join('\n\n');
  };
}

/** What a page says of itself to the site. */
export function frontMatterOf(page: MarkdownPageEvent): string {
  const name = page.isReflectionEvent() ? (callOf(page.model) ?? page.model.name) : 'Reference';
  return `---\ntitle: ${JSON.stringify(name)}\neditLink: false\n---\n\n`;
}
