/** A promised figure of the program, and whether it was met. */
export interface Claim {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly isKept: boolean;
}

/** Figures in rows; the first column is text, the others are numbers. */
export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A benchmark's results. */
export interface Report {
  readonly title: string;
  readonly tables: readonly Table[];
  /** Remarks beside the figures, in whole sentences. */
  readonly notes: readonly string[];
  readonly claims: readonly Claim[];
}

/** A report's format: for a terminal, or for documentation. */
export type ReportLayout = 'text' | 'markdown';

/** The report as text that ends with its claims. */
export function renderReport(report: Report, layout: ReportLayout): string {
  const claims: Table = {
    title: 'Claims',
    header: ['claim', 'target', 'measured', ''],
    rows: report.claims.map(({ what, target, measured, isKept }) => [
      ...[what, target, measured, isKept ? 'ok' : 'NOT OK'],
    ]),
  };
  const tables = report.claims.length === 0 ? report.tables : [...report.tables, claims];
  const blocks = tables.map((table) => (layout === 'markdown' ? markdownTable(table) : textTable(table)));
  const heading = layout === 'markdown' ? `### ${report.title}` : report.title.toUpperCase();
  const mark = layout === 'markdown' ? '- ' : '';
  const notes = report.notes.length === 0 ? [] : [report.notes.map((note) => mark + note).join('\n')];
  // The claims come last, after the notes.
  return [heading, ...blocks.slice(0, -1), ...notes, ...blocks.slice(-1)].join('\n\n');
}

/** Whether every claim was met. */
export function allKept(report: Report): boolean {
  return report.claims.every((claim) => claim.isKept);
}

function textTable({ title, header, rows }: Table): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [`${title}:`, ...all.map((row) => `  ${line(row)}`)].join('\n');
}

function markdownTable({ title, header, rows }: Table): string {
  const line = (row: readonly string[]) =>
    `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = header.map((_, column) => (column === 0 ? '---' : '---:'));
  return [`**${title}**`, '', line(header), line(rule), ...rows.map(line)].join('\n');
}
