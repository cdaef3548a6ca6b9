import { ReflectionKind, type DeclarationReflection, type SignatureReflection, type SomeType } from 'typedoc';
import type { MarkdownThemeContext } from 'typedoc-plugin-markdown';

/** The declarations with the properties of a type: one of an interface, one for each of a union. */
function shapesOf(type: SomeType | undefined): readonly DeclarationReflection[] {
  if (type === undefined) return [];
  if (type.type === 'union') return type.types.flatMap(shapesOf);
  if (type.type === 'reflection') return [type.declaration];
  const declaration = type.type === 'reference' ? type.reflection : undefined;
  if (declaration?.isDeclaration() !== true) return [];
  return declaration.kindOf(ReflectionKind.TypeAlias) ? shapesOf(declaration.type) : [declaration];
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A type in a line. Of a long list of literals only the first. */
export function shortType(shown: string): string {
  const members = oneLine(shown).split(String.raw` \| `);
  const most = 12;
  if (members.length <= most) return members.join(String.raw` \| `);
  const end = /[^`]*$/.exec(members.at(-1) ?? '')?.[0] ?? '';
  const first = members.slice(0, 5).join(String.raw` \| `);
  return `${first} \\| … and ${String(members.length - 5)} more${end}`;
}

/** A value, and no words about one. VitePress takes braces in words for attributes. */
const isCode = (value: string): boolean => /^[\w'"[\]{}.:/-]+$|^[{[]/.test(value);

function optionItem(context: MarkdownThemeContext, property: DeclarationReflection): string {
  const { comment, flags, name, type } = property;
  const shown = type === undefined ? 'function' : context.partials.someType(type);
  const about = comment ?? property.signatures?.[0]?.comment;
  const words = about === undefined ? '' : oneLine(context.helpers.getCommentParts(about.summary));
  const tag = about?.blockTags.find((block) => block.tag === '@default' || block.tag === '@defaultValue');
  const value = tag?.content.map(({ text }) => text.replaceAll(/^```\w*\n|\n```$/g, '')).join('');
  return [
    `- **\`${name}\`**${flags.isOptional ? ' (optional)' : ''}: ${shortType(shown)}`,
    ...(words === '' ? [] : [`  ${words}`]),
    ...(value === undefined ? [] : [`  Default: ${isCode(value) ? `\`${oneLine(value)}\`` : oneLine(value)}`]),
  ].join('\n\n');
}

/** Methods that an option's type has, as those of a client that is given, are told elsewhere. */
const isOption = ({ kind }: DeclarationReflection): boolean => kind === ReflectionKind.Property;

/** What a signature takes, with type, words and default. As lists: tables don't fit phones. */
export function optionLists(context: MarkdownThemeContext, signature: SignatureReflection): string[] {
  return (signature.parameters ?? []).flatMap((parameter) => {
    const lists = shapesOf(parameter.type)
      .map(({ children = [] }) => children.filter(isOption))
      .filter((properties) => properties.length > 0)
      .map((properties) => properties.map((property) => optionItem(context, property)).join('\n'));
    const type = parameter.type === undefined ? '' : shortType(context.partials.someType(parameter.type));
    const words = parameter.comment === undefined ? '' : context.helpers.getCommentParts(parameter.comment.summary);
    const title = `## ${parameter.name === 'options' ? 'Options' : `\`${parameter.name}\``}`;
    return [title, type, ...(words === '' ? [] : [words]), lists.join('\n\nOr:\n\n')];
  });
}
