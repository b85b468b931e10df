/** An element of a part of a Word file. Names keep their prefix: `w:p`. */
export interface XmlElement {
  readonly kind: 'element';
  readonly name: string;
  /** As written, with the blank before the first; may be empty. */
  attributes: string;
  children: XmlNode[];
}

/** Anything else, as written: text with its entities, comments, instructions. */
export interface XmlText {
  readonly kind: 'text';
  source: string;
}

/** A piece of a part. */
export type XmlNode = XmlElement | XmlText;

const PIECES = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+/g;

/**
 * A part of a Word file as a tree that is written back byte for byte where it was not changed. Only what such parts are made of is
 * read: document types, through which other files could be named, are refused. Throws on anything that is not well formed.
 */
export function parseXml(source: string): XmlNode[] {
  const roots: XmlNode[] = [];
  const open: XmlElement[] = [];
  let read = 0;
  for (const [piece] of source.matchAll(PIECES)) {
    read += piece.length;
    const siblings = open.at(-1)?.children ?? roots;
    if (!piece.startsWith('<') || /^<(!--|!\[CDATA\[|\?)/.test(piece)) {
      siblings.push({ kind: 'text', source: piece });
    } else if (piece.startsWith('</')) {
      const element = open.pop();
      if (element?.name !== piece.slice(2, -1).trim())
        throw new Error('an element is closed that is not open');
    } else {
      const [, name = '', attributes = '', end = ''] = /^<([\w:.-]+)([\s\S]*?)(\/?)>$/.exec(piece) ?? [];
      if (name === '') throw new Error('not an element');
      const element: XmlElement = { kind: 'element', name, attributes, children: [] };
      siblings.push(element);
      if (end === '') open.push(element);
    }
  }
  if (read !== source.length || open.length > 0) throw new Error('the part is cut short');
  return roots;
}

/** The tree as it is written. */
export function writtenXml(nodes: readonly XmlNode[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.source;
      const { name, attributes, children } = node;
      return children.length === 0
        ? `<${name}${attributes}/>`
        : `<${name}${attributes}>${writtenXml(children)}</${name}>`;
    })
    .join('');
}

/** Every element of these names, in order; `inside` tells whether to look into one. */
export function* elementsNamed(
  nodes: readonly XmlNode[],
  name: string,
  inside: (element: XmlElement) => boolean = () => true,
): Generator<XmlElement> {
  for (const node of nodes) {
    if (node.kind !== 'element') continue;
    if (node.name === name) yield node;
    if (inside(node)) yield* elementsNamed(node.children, name, inside);
  }
}

/** The value of an attribute; null without it. */
export function attributeOf({ attributes }: XmlElement, name: string): string | null {
  const [, double, single] =
    new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes) ?? [];
  const value = double ?? single;
  return value === undefined ? null : unescapeXml(value);
}

/** Text without its entities. */
export function unescapeXml(source: string): string {
  return source
    .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex?: string, decimal?: string) =>
      String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
