import {
  type ContentPart,
  ExportFormat,
  FORMAT_TRAITS,
  type FormatTraits,
} from '../../../src/contract/document.ts';

/** The formats in display order. */
export const EXPORT_FORMATS: readonly ExportFormat[] = ExportFormat.options;

/** The formats of a group, in display order. */
export function formatsOf(group: FormatTraits['group']): ExportFormat[] {
  return EXPORT_FORMATS.filter((format) => FORMAT_TRAITS[format].group === group);
}

/** The parts in display order. */
export const CONTENT_PARTS: readonly ContentPart[] = ['times', 'speakers', 'marks', 'provenance'];

/** Whether any of the chosen formats would differ without this part. */
export function mattersTo(part: ContentPart, formats: readonly ExportFormat[]): boolean {
  return formats.some((format) => FORMAT_TRAITS[format].parts.includes(part));
}

/** The formats with one added or removed, in display order. */
export function withFormat(
  formats: readonly ExportFormat[],
  format: ExportFormat,
  isWanted: boolean,
): ExportFormat[] {
  return EXPORT_FORMATS.filter((one) => (one === format ? isWanted : formats.includes(one)));
}

/** Whether nothing would be written. */
export function isLeftEmpty({ formats }: { readonly formats: readonly ExportFormat[] }): boolean {
  return formats.length === 0;
}

/** The format of a preview: the requested one while it is chosen, else the first that is. */
export function previewFormat(formats: readonly ExportFormat[], wanted: ExportFormat): ExportFormat | null {
  return formats.includes(wanted) ? wanted : (formats[0] ?? null);
}

/** Whether one of these formats holds subtitles. */
export function hasSubtitles(formats: readonly ExportFormat[]): boolean {
  return formats.includes('srt') || formats.includes('vtt');
}

/** Whether one of these formats can be made with a template. */
export function canHaveTemplate(formats: readonly ExportFormat[]): boolean {
  return formats.some((format) => FORMAT_TRAITS[format].templates !== undefined);
}

/** Whether one of these formats follows conventions. */
export function canHaveConventions(formats: readonly ExportFormat[]): boolean {
  return formats.some((format) => FORMAT_TRAITS[format].conventions !== undefined);
}
