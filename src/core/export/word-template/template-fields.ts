import type { XmlElement } from '@rgrove/parse-xml';
import { elementsNamed, type XmlPart } from './xml-part.ts';

/** Where the transcript goes. */
export const TRANSCRIPT_FIELD = 'transcript';

/** The values of the fields, by their names in small letters. */
export type FieldValues = ReadonlyMap<string, string>;

/** A stretch of a paragraph's text, and what stands there instead. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

const FIELD = /\{\{\s*([a-z]+)\s*\}\}/gi;

/**
 * Puts values in the place of `{{fields}}` in every paragraph, also where Word has split a field over several runs: its text then
 * has the look of its first letter. Fields of other names stay as they are.
 */
export function fillFields(part: XmlPart, values: FieldValues): void {
  replaceInParagraphs(part, (text) =>
    fieldsIn(text).flatMap(({ name, from, to }) => {
      const label = values.get(name);
      return label === undefined ? [] : [{ from, to, label }];
    }),
  );
}

/** Replaces stretches of the text of every paragraph; the runs that they do not touch stay as they are. */
export function replaceInParagraphs(part: XmlPart, find: (text: string) => readonly Replacement[]): void {
  for (const paragraph of elementsNamed(part.root, 'w:p')) {
    const texts = textsIn(paragraph);
    const places = find(textOf(texts));
    if (places.length > 0) put(part, texts, places);
  }
}

/** Whether a paragraph holds a field. */
export function holdsField(paragraph: XmlElement, name: string): boolean {
  return fieldsIn(textOf(textsIn(paragraph))).some((field) => field.name === name);
}

/** Whether a field, blanks apart, is all the text in an element, with that of the paragraphs inside it. */
export function isOnlyField(element: XmlElement, name: string): boolean {
  const text = textOf([...elementsNamed(element, 'w:t')]);
  const [only, ...more] = fieldsIn(text);
  return (
    only?.name === name &&
    more.length === 0 &&
    text.slice(0, only.from).trim() + text.slice(only.to).trim() === ''
  );
}

function fieldsIn(text: string): { name: string; from: number; to: number }[] {
  return [...text.matchAll(FIELD)].map(({ 0: whole, 1: name = '', index }) => ({
    name: name.toLowerCase(),
    from: index,
    to: index + whole.length,
  }));
}

/** The text elements of a paragraph, without those of paragraphs inside it, as in a text box. */
function textsIn(paragraph: XmlElement): XmlElement[] {
  return [...elementsNamed(paragraph, 'w:t', ({ name }) => name !== 'w:p')];
}

function textOf(texts: readonly XmlElement[]): string {
  return texts.map(({ text }) => text).join('');
}

/** Replaces stretches of the joined text, which are in order: a label goes where its stretch begins. */
function put(part: XmlPart, texts: readonly XmlElement[], places: readonly Replacement[]): void {
  let start = 0;
  for (const element of texts) {
    const { text } = element;
    const end = start + text.length;
    let made = '';
    let at = start;
    for (const { from, to, label } of places) {
      if (to <= start || from >= end) continue;
      if (from >= start) made += text.slice(at - start, from - start) + label;
      at = Math.min(end, to);
    }
    made += text.slice(at - start);
    if (made !== text) part.setText(element, made);
    start = end;
  }
}
