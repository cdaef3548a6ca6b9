import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of the elements in it. */
  readonly text: string;
}

// A backing chain nests one element per image, and libvirt allows 200 images.
const maximumDepth = 400;
const attributesName = ':@';
const textName = '#text';

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return namedEntities[name] ?? whole;
    const point = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Only the five entities that XML itself has, decoded here: nothing that a document defines is
  // ever expanded.
  processEntities: false,
  maxNestedTags: maximumDepth,
});

/**
 * What the parser makes of an element with `preserveOrder`: one key is its name, `:@` its
 * attributes.
 */
type Node = Readonly<Record<string, unknown>>;

function toElement(node: Node): XmlElement | undefined {
  const name = Object.keys(node).find((key) => key !== attributesName);
  if (name === undefined || name === textName || name.startsWith('?')) return undefined;
  const nodes = (Array.isArray(node[name]) ? node[name] : []) as readonly Node[];
  const attributes = Object.entries((node[attributesName] ?? {}) as Readonly<Record<string, unknown>>);
  return {
    name,
    attributes: new Map(attributes.map(([key, value]) => [key, decode(String(value))])),
    children: nodes.map(toElement).filter((element) => element !== undefined),
    text: decode(nodes.map((child) => (typeof child[textName] === 'string' ? child[textName] : '')).join('')),
  };
}

/**
 * Reads a document with one root element. Document types are refused, so that there are no entities
 * to expand.
 *
 * @throws `Error` for anything else.
 */
export function parseXml(text: string): XmlElement {
  // In text and comments it is none.
  const markup = text.replace(/<!\[CDATA\[[^]*?\]\]>|<!--[^]*?-->/g, '');
  if (/<!DOCTYPE/i.test(markup)) throw new Error('it has a document type, which libvirt never writes');
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is the same code in a package of its own
  const wellFormed = XMLValidator.validate(text);
  if (wellFormed !== true) throw new Error(wellFormed.err.msg);
  const roots = (parser.parse(text) as readonly Node[]).map(toElement).filter((element) => element !== undefined);
  const [root] = roots;
  if (root === undefined || roots.length !== 1) throw new Error('it is not one element');
  return root;
}

/** The first child of that name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

/** An attribute of an element that may not be there. */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.get(name);
}
