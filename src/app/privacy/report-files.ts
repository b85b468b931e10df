import { extname } from 'node:path';
import type { PrivacyReport, ReportSection } from '../../contract/egress.ts';
import type { Locale } from '../../contract/locale.ts';
import { escapeHtml } from '../../core/export/html.ts';

/** The kinds of file that a privacy report is written as, by their endings. */
export const REPORT_ENDINGS = ['html', 'pdf', 'txt'] as const;
export type ReportEnding = (typeof REPORT_ENDINGS)[number];

/** The kind of file that a name asks for; a page where it asks for none. */
export function reportEnding(file: string): ReportEnding {
  const ending = extname(file).slice(1).toLowerCase();
  return REPORT_ENDINGS.find((known) => known === ending) ?? 'html';
}

/** Tables with longer lines are no tables in plain text. */
const LONGEST_LINE = 140;

/** The report as plain text, its tables in columns that fit their content, or as lists where that would be too wide. */
export function reportText({ title, sections }: PrivacyReport): string {
  return [underlined(title, '='), ...sections.map(sectionText)].join('\n\n').concat('\n');
}

function sectionText({ title, paragraphs, columns, rows }: ReportSection): string {
  const table = rows.length === 0 ? '' : tableText([columns, ...rows]);
  const isWide = table.split('\n').some((line) => line.length > LONGEST_LINE);
  const list = () => rows.map(([first, ...more]) => `* ${first}: ${more.join(' – ')}`).join('\n');
  return [underlined(title, '-'), ...paragraphs, isWide ? list() : table].filter(Boolean).join('\n\n');
}

function underlined(text: string, mark: string): string {
  return `${text}\n${mark.repeat([...text].length)}`;
}

function tableText(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((cells) => [...(cells[column] ?? '')].length)),
  );
  // The last column is not filled up.
  return lines
    .map((cells) =>
      cells
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const STYLES = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 60rem; padding: 2.5rem 1.5rem; font: 1rem/1.55 system-ui, "Segoe UI", "Noto Sans", sans-serif;
  overflow-wrap: anywhere; }
h1 { margin: 0 0 1.5rem; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2.25rem 0 .5rem; font-size: 1.2rem; break-after: avoid; }
p { margin: 0 0 .75rem; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.4; }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #8884; text-align: start; vertical-align: top; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.log td { font: .75rem/1.4 ui-monospace, "Liberation Mono", monospace; }
@page { margin: 18mm; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } }`;

/** The report as one page that loads nothing. */
export function reportPage({ title, sections }: PrivacyReport, language: Locale): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLES}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${sections.map(sectionPage).join('')}</body>
</html>
`;
}

function sectionPage({ id, title, paragraphs, columns, rows }: ReportSection): string {
  const cells = (tag: 'th' | 'td', row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>\n`;
  const table =
    rows.length === 0
      ? ''
      : `<table class="${id}">\n<thead>${cells('th', columns)}</thead>\n<tbody>\n${rows.map((row) => cells('td', row)).join('')}</tbody>\n</table>\n`;
  const text = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>\n`).join('');
  return `<section>\n<h2>${escapeHtml(title)}</h2>\n${text}${table}</section>\n`;
}
