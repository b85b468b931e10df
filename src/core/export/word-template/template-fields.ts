import { escapeXml } from '../xml-text.ts';
import { elementsNamed, unescapeXml, type XmlElement, type XmlNode } from './xml-tree.ts';

/** Where the transcript goes. */
export const TRANSCRIPT_FIELD = 'transcript';

/** The values of the fields, by their names in small letters. */
export type FieldValues = ReadonlyMap<string, string>;

const FIELD = /\{\{\s*([a-z]+)\s*\}\}/gi;

/**
 * Puts values in the place of `{{fields}}` in every paragraph, also where Word has split a field over several runs: its text then
 * has the look of its first letter. Fields of other names stay as they are.
 */
export function fillFields(nodes: readonly XmlNode[], values: FieldValues): void {
  for (const paragraph of elementsNamed(nodes, 'w:p')) fillParagraph(paragraph, values);
}

/** Whether a paragraph holds a field. */
export function holdsField(paragraph: XmlElement, name: string): boolean {
  return fieldsIn(textOf(textsIn(paragraph))).some((field) => field.name === name);
}

/** Whether there is any text in a paragraph. */
export function isBlank(paragraph: XmlElement): boolean {
  return textOf(textsIn(paragraph)).trim() === '';
}

function fillParagraph(paragraph: XmlElement, values: FieldValues): void {
  const texts = textsIn(paragraph);
  const known = fieldsIn(textOf(texts)).filter(({ name }) => values.has(name));
  // From the last to the first: the places of those before stay true.
  for (const { name, start, end } of known.reverse()) put(texts, start, end, values.get(name) ?? '');
}

function fieldsIn(text: string): { name: string; start: number; end: number }[] {
  return [...text.matchAll(FIELD)].map(({ 0: whole, 1: name = '', index }) => ({
    name: name.toLowerCase(),
    start: index,
    end: index + whole.length,
  }));
}

/** The text elements of a paragraph, without those of paragraphs inside it, as in a text box. */
function textsIn(paragraph: XmlElement): XmlElement[] {
  return [...elementsNamed(paragraph.children, 'w:t', ({ name }) => name !== 'w:p')];
}

function textOf(texts: readonly XmlElement[]): string {
  return texts.map(contentOf).join('');
}

function contentOf({ children }: XmlElement): string {
  return children.map((child) => (child.kind === 'text' ? unescapeXml(child.source) : '')).join('');
}

/** Replaces a stretch of the joined text: the value goes where it begins. */
function put(texts: readonly XmlElement[], start: number, end: number, value: string): void {
  let at = 0;
  let isPut = false;
  for (const element of texts) {
    const content = contentOf(element);
    const from = Math.max(0, start - at);
    const to = Math.min(content.length, end - at);
    at += content.length;
    if (from >= content.length || to <= 0) continue;
    setContent(element, content.slice(0, from) + (isPut ? '' : value) + content.slice(to));
    isPut = true;
  }
}

function setContent(element: XmlElement, text: string): void {
  element.children = text === '' ? [] : [{ kind: 'text', source: escapeXml(text) }];
  if (!element.attributes.includes('xml:space')) element.attributes += ' xml:space="preserve"';
}
