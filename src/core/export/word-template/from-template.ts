import { clockTime } from '../../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../../contract/document.ts';
import { documentFrame } from '../document-frame.ts';
import { docxBodyOf, STYLES } from '../docx/docx-body.ts';
import { FRAME_STYLES } from '../docx/docx-styles.ts';
import { type ZippedPart, zippedParts } from '../docx/zipped-parts.ts';
import { type ExportTexts, exportTexts } from '../export-texts.ts';
import { readableText } from '../readable-text.ts';
import type { RenderOptions } from '../render-options.ts';
import { reviewState, spokenLanguage, writtenDate } from '../transcript-facts.ts';
import { escapeXml } from '../xml-text.ts';
import { type FieldValues, fillFields, TRANSCRIPT_FIELD } from './template-fields.ts';
import { mainPart, partText, type TemplateParts, templateParts } from './template-package.ts';
import { changedProperties, isThumbnail } from './template-properties.ts';
import { examinationStyles, HASH_STYLE, withTranscriptStyles } from './template-styles.ts';
import { placeTranscript } from './transcript-place.ts';
import { XmlPart } from './xml-part.ts';

/** Stands where the transcript's paragraphs are streamed in: an instruction that no template has. */
const BODY_MARK = '<?voicesync transcript?>';
const TEMPLATE_TYPE = 'wordprocessingml.template.main+xml';
const DOCUMENT_TYPE = 'wordprocessingml.document.main+xml';

/**
 * The transcript in a Word template: styles, headers, footers and pages are the template's. Fields are filled in body, headers,
 * footers and notes; the transcript stands where `{{transcript}}` does, with the warnings before it, or at the end. The same
 * document and template result in the same bytes. Throws what `templateParts` does.
 */
export async function docxFromTemplate(
  document: TranscriptDocument,
  template: Uint8Array,
  options: RenderOptions,
): Promise<Uint8Array[]> {
  const parts = templateParts(template, '');
  const main = mainPart(parts);
  const values = fieldValues(document, exportTexts(options.language));
  const kept = Object.keys(parts).filter((name) => !isThumbnail(name));
  return zippedParts(
    kept.map((name): ZippedPart => {
      if (name === main) return [name, mainText(parts, name, values, document, options)];
      const changed = changedProperties(parts, name, document) ?? changedPart(parts, name, values);
      return [name, changed ?? (parts[name] as Uint8Array)];
    }),
  );
}

/** The names of the fields and what stands in their place. */
function fieldValues(document: TranscriptDocument, texts: ExportTexts): FieldValues {
  const { recording, matter, model, segments, version } = document;
  const speakers = [...new Set(segments.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))];
  return new Map(
    Object.entries({
      title: recording.name,
      recording: recording.name,
      matter: matter?.name ?? '',
      case: matter?.caseNumber ?? '',
      date: recording.modifiedAtMs === null ? '' : writtenDate(recording.modifiedAtMs, texts),
      edited: writtenDate(version.createdAtMs, texts),
      duration: clockTime(recording.durationMs),
      language: spokenLanguage(document, texts),
      speakers: speakers.join(', '),
      model: model.name,
      review: reviewState(document, texts),
      program: document.producer,
    }).map(([name, value]) => [name, readableText(value)]),
  );
}

/** A part that is written otherwise than in the template; null for any other. */
function changedPart(parts: TemplateParts, name: string, values: FieldValues): string[] | null {
  const text = () => partText(parts, name);
  if (name === '[Content_Types].xml') return [text().replaceAll(TEMPLATE_TYPE, DOCUMENT_TYPE)];
  if (name === 'word/styles.xml') return [withTranscriptStyles(text())];
  // The template's own template is a path on the machine of whoever made it, and Word would look for it.
  if (name === 'word/settings.xml') return [text().replace(/<w:attachedTemplate\b[^>]*\/>/g, '')];
  if (name === 'word/_rels/settings.xml.rels') {
    return [text().replace(/<Relationship\b[^>]*relationships\/attachedTemplate"[^>]*\/>/g, '')];
  }
  if (!/^word\/(header|footer|footnotes|endnotes)\d*\.xml$/.test(name)) return null;
  const part = new XmlPart(text());
  fillFields(part, values);
  return [part.written()];
}

function* mainText(
  parts: TemplateParts,
  name: string,
  values: FieldValues,
  document: TranscriptDocument,
  options: RenderOptions,
): Generator<string> {
  const part = new XmlPart(partText(parts, name));
  placeTranscript(part, BODY_MARK);
  fillFields(part, new Map([...values, [TRANSCRIPT_FIELD, '']]));
  const [before = '', after = ''] = part.written().split(BODY_MARK);
  yield before;
  yield* transcriptXml(document, options, stylesOfSpeakers(document, parts, options));
  yield after;
}

/** The template's own paragraph styles for who is Q and who is A, by these labels; none for other labels, which anybody may have. */
function stylesOfSpeakers(
  { writing }: TranscriptDocument,
  parts: TemplateParts,
  { language }: RenderOptions,
): ReadonlyMap<string, string> {
  if (writing?.conventions.speakerLabels !== 'questionAnswer') return new Map();
  const { documents } = exportTexts(language);
  const { question, answer } = examinationStyles(partText(parts, 'word/styles.xml'));
  const styles = [
    [documents('questionLabel'), question],
    [documents('answerLabel'), answer],
  ] as const;
  return new Map(styles.flatMap(([label, style]) => (style === undefined ? [] : [[label, style] as const])));
}

function* transcriptXml(
  document: TranscriptDocument,
  options: RenderOptions,
  styleOfSpeaker: ReadonlyMap<string, string>,
): Generator<string> {
  const texts = exportTexts(options.language);
  const { notices, legend, closing, provenance } = documentFrame(document, options.content, texts);
  for (const notice of notices) yield paragraphXml(FRAME_STYLES.notice, runXml(notice));
  if (legend.length > 0) {
    const marks = legend.map(({ mark, meaning }) => runXml(meaning, STYLES[mark]));
    yield paragraphXml(FRAME_STYLES.legend, runXml(`${texts.t('marks')}: `) + marks.join(runXml('  ·  ')));
  }
  yield* docxBodyOf(document, options, styleOfSpeaker);
  for (const notice of closing) yield paragraphXml(FRAME_STYLES.notice, runXml(notice));
  if (provenance === null) return;
  yield paragraphXml(FRAME_STYLES.group, runXml(texts.t('provenance')), '<w:pageBreakBefore/>');
  yield paragraphXml(STYLES.untimed, runXml(texts.t('provenanceIntroduction')));
  for (const { heading, facts } of provenance) {
    yield paragraphXml(FRAME_STYLES.group, runXml(heading));
    for (const { label, value, isHash } of facts) {
      const shown = runXml(value, isHash === true ? HASH_STYLE : null);
      yield paragraphXml(FRAME_STYLES.value, `${runXml(label)}<w:r><w:tab/></w:r>${shown}`);
    }
  }
}

function paragraphXml(style: string, runs: string, more = ''): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${runs}</w:p>`;
}

function runXml(text: string, style: string | null = null): string {
  const look = style === null ? '' : `<w:rPr><w:rStyle w:val="${style}"/></w:rPr>`;
  return `<w:r>${look}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}
