import { XMLParser } from 'fast-xml-parser';

/**
 * An element of a definition. Its text and values are kept as they are written, escapes and all.
 */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

const attributesName = ':@';
const textName = '#text';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Nothing is decoded here, so that what is written again is what was read.
  processEntities: false,
  maxNestedTags: 400,
});

type Parsed = Readonly<Record<string, unknown>>;

function toNode(parsed: Parsed): XmlNode | undefined {
  const name = Object.keys(parsed).find((key) => key !== attributesName);
  if (name === undefined || name === textName || name.startsWith('?')) return undefined;
  const inside = (Array.isArray(parsed[name]) ? parsed[name] : []) as readonly Parsed[];
  const children = inside.map(toNode).filter((node) => node !== undefined);
  const texts = inside.map((one) => (typeof one[textName] === 'string' ? one[textName] : ''));
  const attributes = Object.entries((parsed[attributesName] ?? {}) as Parsed);
  return {
    name,
    attributes: Object.fromEntries(attributes.map(([key, value]) => [key, String(value)])),
    children,
    // Between elements there are only blanks.
    text: children.length === 0 ? texts.join('') : '',
  };
}

/** Reads a definition that `parseVirshDumpxml` of `@quiesce/virsh` has taken for one. */
export function parseTree(xml: string): XmlNode {
  const [root] = (parser.parse(xml) as readonly Parsed[]).map(toNode).filter((node) => node !== undefined);
  if (root === undefined) throw new Error('it is no element');
  return root;
}

/** Text as it stands in XML. */
function escapeXml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
  return text.replaceAll(/["&'<>]/g, (character) => `&${names[character] ?? ''};`);
}

/** An element. Values and text are given as they are, and escaped here. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  inside: readonly XmlNode[] | string = [],
): XmlNode {
  const escaped = Object.entries(attributes).map(([key, value]) => [key, escapeXml(value)] as const);
  const isText = typeof inside === 'string';
  return {
    name,
    attributes: Object.fromEntries(escaped),
    children: isText ? [] : inside,
    text: isText ? escapeXml(inside) : '',
  };
}

/** The first element of this name in another one. */
export function find(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((child) => child.name === name);
}

/**
 * Keeps what was read from being anything but text: of a CDATA section it is not escaped, and a
 * parser may take what XML does not.
 */
function asText(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll(/&(?!(?:[a-z]+|#\d+|#x[0-9a-f]+);)/gi, '&amp;');
}

/** Writes an element. */
export function writeTree(node: XmlNode, indent = ''): string {
  const values = Object.entries(node.attributes).map(
    ([key, value]) => ` ${key}="${asText(value).replaceAll('"', '&quot;')}"`,
  );
  const start = `${indent}<${node.name}${values.join('')}`;
  if (node.children.length === 0)
    return node.text === '' ? `${start}/>\n` : `${start}>${asText(node.text)}</${node.name}>\n`;
  const inside = node.children.map((child) => writeTree(child, `${indent}  `));
  return `${start}>\n${inside.join('')}${indent}</${node.name}>\n`;
}
