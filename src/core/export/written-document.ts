import { FORMAT_TRAITS, type TranscriptDocument } from '../../contract/document.ts';
import { inConventions } from './conventions/in-conventions.ts';
import { exportTexts } from './export-texts.ts';
import type { RenderOptions } from './render-options.ts';

/**
 * The document by the conventions that its format follows; segments keep what else they carry. A pseudonymised copy tells of no
 * matter and of no edit.
 */
export function written(
  given: TranscriptDocument,
  { format, style, language }: Pick<RenderOptions, 'format' | 'style' | 'language'>,
): TranscriptDocument {
  const document = given.pseudonymised === true ? { ...given, matter: null, edits: undefined } : given;
  const scope = FORMAT_TRAITS[format].conventions;
  if (style === undefined || scope === undefined) return document;
  const { documents } = exportTexts(language);
  const labels = { question: documents('questionLabel'), answer: documents('answerLabel') };
  return inConventions(document, style.conventions, scope, labels);
}
