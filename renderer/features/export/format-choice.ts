import { ExportFormat } from '../../../src/contract/document.ts';

/** The formats in the order in which they are offered. */
export const EXPORT_FORMATS: readonly ExportFormat[] = ExportFormat.options;

/** The formats with one more or one less, in the order in which they are offered. */
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

/** Which format a preview shows: the one asked for while it is chosen, else the first that is. */
export function previewFormat(formats: readonly ExportFormat[], wanted: ExportFormat): ExportFormat | null {
  return formats.includes(wanted) ? wanted : (formats[0] ?? null);
}
