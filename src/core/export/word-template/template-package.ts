import { type UnzipFileInfo, unzipSync } from 'fflate';
import { AppError } from '../../../contract/errors.ts';
import { elementsNamed, XmlPart } from './xml-part.ts';

/** The largest template that is taken. */
export const MOST_TEMPLATE_BYTES = 10 * 1024 * 1024;
/** What its parts may have together once they are unpacked: more is made to fill the memory. */
const MOST_UNPACKED_BYTES = 100 * 1024 * 1024;
const MOST_PARTS = 2000;

/** A Word file's parts, by their paths without a slash at the beginning. */
export type TemplateParts = Readonly<Record<string, Uint8Array>>;

const RUNS_BY_ITSELF = /(^|\/)(vbaProject\.bin|vbaData\.xml)$|(^|\/)activeX\/|(^|\/)embeddings\/oleObject/i;
const FETCHING_FIELDS = /\b(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT|DATABASE)\b/i;

/**
 * The parts of a file that can be a template. `file` is its name for the errors: `template.tooLarge`, `template.notWord`,
 * `template.macros`, and `template.loadsFromElsewhere` for links and fields that fetch something when it is opened.
 */
export function templateParts(bytes: Uint8Array, file: string): TemplateParts {
  if (bytes.byteLength > MOST_TEMPLATE_BYTES) {
    throw new AppError('template.tooLarge', { file, mostBytes: MOST_TEMPLATE_BYTES });
  }
  const parts = unpacked(bytes, file);
  if (isActive(parts)) throw new AppError('template.macros', { file });
  const main = mainPart(parts);
  if (main === null || !isText(partText(parts, main)) || parts['word/styles.xml'] === undefined) {
    throw new AppError('template.notWord', { file });
  }
  if (loadsFromElsewhere(parts, file)) throw new AppError('template.loadsFromElsewhere', { file });
  return parts;
}

/** A part as text; empty if it is missing. */
export function partText(parts: TemplateParts, name: string): string {
  const content = parts[name];
  return content === undefined ? '' : new TextDecoder().decode(content);
}

/** The path of the part that holds the text; null in other files, and where the package's relationships cannot be read. */
export function mainPart(parts: TemplateParts): string | null {
  try {
    const { root } = new XmlPart(partText(parts, '_rels/.rels'));
    const [target] = [...elementsNamed(root, 'Relationship')]
      .filter(({ attributes }) => /\/relationships\/officeDocument$/.test(attributes.Type ?? ''))
      .map(({ attributes }) => (attributes.Target ?? '').replace(/^\//, ''));
    return target !== undefined && parts[target] !== undefined ? target : null;
  } catch {
    return null;
  }
}

/** Whether a part is well formed and has a body. */
function isText(part: string): boolean {
  try {
    return [...elementsNamed(new XmlPart(part).root, 'w:body')].length === 1;
  } catch {
    return false;
  }
}

function unpacked(bytes: Uint8Array, file: string): TemplateParts {
  let total = 0;
  let count = 0;
  const isTaken = ({ originalSize }: UnzipFileInfo) => {
    total += originalSize;
    count += 1;
    if (total > MOST_UNPACKED_BYTES || count > MOST_PARTS) {
      throw new AppError('template.tooLarge', { file, mostBytes: MOST_TEMPLATE_BYTES });
    }
    return true;
  };
  try {
    return unzipSync(bytes, { filter: isTaken });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('template.notWord', { file }, { cause: error });
  }
}

function isActive(parts: TemplateParts): boolean {
  return (
    partText(parts, '[Content_Types].xml').includes('macroEnabled') ||
    Object.keys(parts).some((name) => RUNS_BY_ITSELF.test(name))
  );
}

/** Whether opening the file fetches something: a link other than one to click on, or a field. */
function loadsFromElsewhere(parts: TemplateParts, file: string): boolean {
  try {
    return Object.keys(parts).some((name) => {
      if (name.endsWith('.rels')) return linksElsewhere(partText(parts, name));
      return name.endsWith('.xml') && fetchesByField(partText(parts, name));
    });
  } catch (error) {
    throw new AppError('template.notWord', { file }, { cause: error });
  }
}

function linksElsewhere(relationships: string): boolean {
  return [...elementsNamed(new XmlPart(relationships).root, 'Relationship')].some(({ attributes }) => {
    // The template's own template is taken out when it is used.
    const isHarmless = /\/(hyperlink|attachedTemplate)$/.test(attributes.Type ?? '');
    return attributes.TargetMode === 'External' && !isHarmless;
  });
}

function fetchesByField(part: string): boolean {
  if (!part.includes('instr')) return false;
  const { root } = new XmlPart(part);
  const codes = [...elementsNamed(root, 'w:instrText')].map(({ text }) => text);
  const simple = [...elementsNamed(root, 'w:fldSimple')].map(({ attributes }) => attributes['w:instr'] ?? '');
  return FETCHING_FIELDS.test(codes.join('')) || simple.some((code) => FETCHING_FIELDS.test(code));
}
