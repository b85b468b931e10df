import { parseXml, XmlElement, type XmlNode } from '@rgrove/parse-xml';
import { escapeXml } from '../xml-text.ts';

/** A change to a part: what stands from one offset to another is replaced. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A part of a Word file that is read as a tree and written as it was, byte for byte, but for the changes made to it: they are spliced
 * into its source. Document types, through which other files could be named, are refused. Throws on anything that is not well
 * formed.
 */
export class XmlPart {
  readonly root: XmlElement;
  readonly #source: string;
  readonly #changes: Change[] = [];

  constructor(source: string) {
    const { children } = parseXml(source, { includeOffsets: true, preserveDocumentType: true });
    if (children.some(({ type }) => type === 'doctype')) throw new Error('a part has no document type');
    const root = children.find((child): child is XmlElement => child instanceof XmlElement);
    if (root === undefined) throw new Error('a part has a root element');
    this.root = root;
    this.#source = source;
  }

  /** Puts XML in the place of a node. Changes inside it do not count then. */
  replace({ start, end }: Pick<XmlNode, 'start' | 'end'>, xml: string): void {
    this.#changes.push({ start, end, text: xml });
  }

  /** Inserts XML before a node, or behind it. */
  insert(xml: string, where: 'before' | 'behind', { start, end }: XmlNode): void {
    const at = where === 'before' ? start : end;
    this.#changes.push({ start: at, end: at, text: xml });
  }

  /** Inserts XML as the last thing in an element. */
  append(element: XmlElement, xml: string): void {
    const [empty] = /\/>$/.exec(this.#source.slice(element.start, element.end)) ?? [];
    if (empty !== undefined) {
      const end = element.end - empty.length;
      this.#changes.push({ start: end, end: element.end, text: `>${xml}</${element.name}>` });
      return;
    }
    const at = this.#source.lastIndexOf('</', element.end);
    this.#changes.push({ start: at, end: at, text: xml });
  }

  /** Gives an element this text and nothing else; one of WordprocessingML keeps blanks at its ends. */
  setText(element: XmlElement, text: string): void {
    const keepsBlanks = element.name.startsWith('w:') ? { 'xml:space': 'preserve' } : {};
    const attributes = Object.entries({ ...element.attributes, ...keepsBlanks })
      .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
      .join('');
    this.replace(element, `<${element.name}${attributes}>${escapeXml(text)}</${element.name}>`);
  }

  /** Changes values of an element's attributes; those that stay the same are not touched. */
  changeAttributes(element: XmlElement, change: (name: string, value: string) => string): void {
    const [tag = ''] =
      /^<(?:"[^"]*"|'[^']*'|[^'">])*>/.exec(this.#source.slice(element.start, element.end)) ?? [];
    const changed = tag.replace(
      /([\w:.-]+)(\s*=\s*)("[^"]*"|'[^']*')/g,
      (whole, name: string, sign: string) => {
        const value = element.attributes[name] ?? '';
        const wanted = change(name, value);
        return wanted === value ? whole : `${name}${sign}"${escapeXml(wanted)}"`;
      },
    );
    if (changed !== tag) this.replace({ start: element.start, end: element.start + tag.length }, changed);
  }

  /** The source of a node. */
  sourceOf({ start, end }: XmlNode): string {
    return this.#source.slice(start, end);
  }

  /** The part with its changes. */
  written(): string {
    let made = '';
    let at = 0;
    // Of changes that begin at one place the longest holds the others; insertions stand before it, in their order.
    const changes = this.#changes
      .map((change, order) => ({ ...change, order, isInserted: change.start === change.end }))
      .sort(
        (a, b) =>
          a.start - b.start ||
          Number(b.isInserted) - Number(a.isInserted) ||
          b.end - a.end ||
          a.order - b.order,
      );
    for (const { start, end, text } of changes) {
      if (start < at) continue;
      made += this.#source.slice(at, start) + text;
      at = end;
    }
    return made + this.#source.slice(at);
  }
}

/** The elements of a name below another, in order; `inside` tells whether to look into one. */
export function* elementsNamed(
  parent: XmlElement,
  name: string,
  inside: (element: XmlElement) => boolean = () => true,
): Generator<XmlElement> {
  for (const element of elementsIn(parent, inside)) if (element.name === name) yield element;
}

/** All elements below another, in order of their beginnings. */
export function* elementsIn(
  parent: XmlElement,
  inside: (element: XmlElement) => boolean = () => true,
): Generator<XmlElement> {
  for (const child of parent.children) {
    if (!(child instanceof XmlElement)) continue;
    yield child;
    if (inside(child)) yield* elementsIn(child, inside);
  }
}
