import type { ExportTexts } from '../export-texts.ts';
import { escapeHtml } from '../html.ts';
import { policyFor } from '../html-policy.ts';
import { readableText } from '../readable-text.ts';
import { type CourtLayout, NUMBER_WIDTH_PT } from './court-layout.ts';
import type { CourtDocument } from './court-pages.ts';
import { headingLine } from './court-text.ts';

/**
 * A court's pages as HTML, from which the PDF is printed: a sheet of paper each, every line at its place. No script, no picture, no
 * URL, as in the usual HTML export.
 */
export function* courtHtml(
  { heading, pages }: CourtDocument,
  layout: CourtLayout,
  facts: { readonly title: string; readonly producer: string },
  texts: ExportTexts,
): Generator<string> {
  const styles = stylesOf(layout);
  const policy = policyFor(styles);
  yield `<!doctype html>
<html lang="${escapeHtml(texts.formats)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="generator" content="${escapeHtml(readableText(facts.producer))}">
<title>${escapeHtml(readableText(facts.title))}</title>
<style>${styles}</style>
</head>
<body>
`;
  for (const page of pages) {
    const lines = page.lines.map((text, at) => lineHtml(text, page.isNumbered ? at + 1 : null)).join('');
    const head = lineHtml(headingLine(heading, page, layout), null);
    yield layout.pageNumber === 'top'
      ? `<section>${head}<div class="text">${lines}</div></section>\n`
      : `<section>${lineHtml('', null)}<div class="text">${lines}</div>${head}</section>\n`;
  }
  yield '</body>\n</html>\n';
}

function lineHtml(text: string, number: number | null): string {
  return `<p><b>${number === null ? '' : number}</b>${text === '' ? ' ' : escapeHtml(text)}</p>`;
}

function stylesOf({ lines, columns, sheet }: CourtLayout): string {
  const { paper, widthPt, heightPt, leftPt, topPt, fontPt, pitchPt, hasRules } = sheet;
  const rules = hasRules
    ? '.text { border-left: 4.5pt double #000; border-right: .75pt solid #000; margin: 0 -4pt 0 -10pt; padding: 0 4pt 0 5.5pt; }'
    : '';
  return `
@page { size: ${paper}; margin: 0; }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { background: #fff; color: #000; font: ${fontPt}pt/${pitchPt}pt "Courier New", "Liberation Mono", Courier, monospace;
  font-variant-ligatures: none; }
section { width: ${widthPt}pt; height: ${heightPt - 1}pt; padding: ${topPt}pt 0 0 ${leftPt}pt; overflow: hidden;
  break-after: page; }
section:last-child { break-after: auto; }
p { position: relative; height: ${pitchPt}pt; width: ${columns}ch; white-space: pre; }
b { position: absolute; right: calc(100% + 18pt); width: ${NUMBER_WIDTH_PT}pt; text-align: right; font-weight: normal; }
.text { width: calc(${columns}ch + ${hasRules ? 14 : 0}pt); min-height: ${lines * pitchPt}pt; box-sizing: content-box; }
${rules}`;
}
