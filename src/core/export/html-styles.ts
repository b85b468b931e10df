import { footerTitle } from './document-frame.ts';
import type { ExportTexts } from './export-texts.ts';

/**
 * Styles of the HTML export: on a screen in the reader's light or dark, on paper always dark on white with a numbered
 * footer (CSS Paged Media margin boxes; a program without them prints no footer). It references no resource.
 */
export function htmlStyles(title: string, texts: ExportTexts): string {
  return `
:root { color-scheme: light dark; --ink: #1f2328; --quiet: #5c6470; --rule: #d0d4da; --faint: #e3e6ea; --ground: #fff;
  --notice: #fbf3e0; --notice-edge: #d9a441; --loop: #b45309; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e3; --quiet: #a3a9b1; --rule: #3c4047; --faint: #2d3036; --ground: #16171a;
    --notice: #2c2618; --notice-edge: #b98a35; --loop: #f0a35e; }
}
* { box-sizing: border-box; }
html { background: var(--ground); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 46rem; padding: 3rem 1.5rem 5rem; color: var(--ink); overflow-wrap: anywhere;
  font: 1.0625rem/1.6 Calibri, Carlito, "Segoe UI", system-ui, -apple-system, "Noto Sans", "Liberation Sans", Arial,
  sans-serif; }
.kind { margin: 0 0 .25rem; font-size: .8125rem; letter-spacing: .06em; text-transform: uppercase; color: var(--quiet); }
h1 { margin: 0 0 .5rem; font-size: 1.9rem; line-height: 1.2; text-wrap: balance; }
h1.long { font-size: 1.35rem; }
.facts { margin: 0 0 1.75rem; padding: 0 0 .9rem; border-bottom: 1px solid var(--rule); font-size: .9375rem;
  color: var(--quiet); text-wrap: balance; }
.notice { margin: 1.25rem 0; padding: .6rem .9rem; border-inline-start: .25rem solid var(--notice-edge);
  background: var(--notice); font-size: .9375rem; }
.notice p { margin: 0; }
.legend { margin: 0 0 1.5rem; font-size: .875rem; color: var(--quiet); }
.passage { margin: 0 0 .8rem; }
.timed .passage { padding-inline-start: 5rem; text-indent: -5rem; }
time { display: inline-block; width: 5rem; text-indent: 0; white-space: pre; font-size: .8125rem; color: var(--quiet);
  font-variant-numeric: tabular-nums; }
.gap { margin: 0 0 .8rem; font-size: .875rem; font-style: italic; color: var(--quiet); }
.gap.marker { font-style: normal; font-weight: 600; }
.gap.unclear { font-style: normal; font-weight: 600; color: var(--loop); }
.timed .gap { padding-inline-start: 5rem; }
mark { background: none; color: inherit; text-decoration: underline; text-underline-offset: .2em;
  text-decoration-thickness: 1px; }
mark.improbable { text-decoration-style: dotted; text-decoration-color: var(--quiet); }
mark.loop { text-decoration-style: wavy; text-decoration-color: var(--loop); }
mark.overlap { text-decoration-style: dashed; text-decoration-color: var(--quiet); }
.provenance { margin-top: 4rem; padding-top: 2rem; border-top: 1px solid var(--rule); }
h2 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.2; }
h3 { margin: 1.75rem 0 .4rem; font-size: 1.0625rem; }
.provenance > p { margin: 0 0 1rem; font-size: .9375rem; color: var(--quiet); }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; line-height: 1.45; }
tr { border-block: 1px solid var(--faint); }
th { width: 9rem; padding: .3rem 1rem .3rem 0; font-weight: normal; text-align: start; vertical-align: top;
  color: var(--quiet); overflow-wrap: normal; }
td { padding: .3rem 0; vertical-align: top; }
code { font: .8125rem/1.6 "Courier New", "Liberation Mono", monospace; overflow-wrap: anywhere; }
@page { margin: 22mm 20mm 24mm;
  @bottom-left { content: ${cssString(footerTitle(title))}; ${FOOTER} text-align: left; width: 75%; }
  @bottom-right { content: ${cssString(`${texts.t('page')} `)} counter(page) ${cssString(` ${texts.t('of')} `)} counter(pages); ${FOOTER} }
}
@media print {
  html { font-size: 10.25pt; }
  body { max-width: none; padding: 0; line-height: 1.45; orphans: 2; widows: 2; }
  h1, h2, h3, .kind, .facts { break-after: avoid; }
  .notice, .legend, table { break-inside: avoid; }
  .notice { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .provenance { break-before: page; margin: 0; padding: 0; border: 0; }
}
`;
}

const FOOTER =
  'color: #6b7280; font: 8.5pt Calibri, Carlito, "Segoe UI", "Liberation Sans", Arial, sans-serif;';

/** A text as a CSS string that cannot end the string, the style element or the line. */
function cssString(text: string): string {
  const escaped = text.replace(/["\\<>&\p{Cc}]/gu, (character) => {
    return `\\${(character.codePointAt(0) ?? 0).toString(16)} `;
  });
  return `"${escaped}"`;
}
