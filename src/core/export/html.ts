import { clockTime } from '../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import { type DocumentFrame, documentFrame } from './document-frame.ts';
import { type ExportTexts, exportTexts } from './export-texts.ts';
import type { FactGroup } from './fact-groups.ts';
import { policyFor } from './html-policy.ts';
import { htmlStyles } from './html-styles.ts';
import type { Gap, Mark } from './paragraphs.ts';
import { type Passage, passagesOf, type TextRun } from './passages.ts';
import { readableText } from './readable-text.ts';
import type { RenderOptions } from './render-options.ts';
import { isNameRightToLeft } from './text-direction.ts';
import { mainLanguage, spellingLanguage } from './transcript-facts.ts';
import { betweenNote } from './transcript-notes.ts';

// A title of several lines is set smaller.
const LONG_TITLE = 60;

/**
 * The transcript as one self-contained HTML file: no script, no picture, no URL. Its own content security
 * policy forbids all of these, so that nothing in a transcript could add them. PDFs are printed from it.
 */
export function* htmlOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const texts = exportTexts(options.language);
  const frame = documentFrame(document, options.content, texts);
  const textLanguage = mainLanguage(document);
  yield headOf(document, frame, texts);
  yield titleBlock(frame);
  yield noticeBox(frame.notices);
  yield legend(frame, texts);
  yield `<section class="transcript${options.content.times ? ' timed' : ''}" lang="${escapeHtml(textLanguage)}">\n`;
  for (const item of passagesOf(document, options.content)) {
    yield item.kind === 'passage'
      ? passageOf(item, textLanguage)
      : noteOf(betweenNote(item, texts), texts, lookOf(item));
  }
  if (frame.emptyNote !== null) yield noteOf(frame.emptyNote, texts);
  yield '</section>\n';
  yield noticeBox(frame.closing);
  if (frame.provenance !== null) yield* provenance(frame.provenance, texts);
  yield '</main>\n</body>\n</html>\n';
}

function headOf(document: TranscriptDocument, frame: DocumentFrame, texts: ExportTexts): string {
  const styles = htmlStyles(frame.title, texts);
  const policy = policyFor(styles);
  return `<!doctype html>
<html lang="${escapeHtml(texts.formats)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${escapeHtml(readableText(document.producer))}">
<title>${escapeHtml(frame.title)}</title>
<style>${styles}</style>
</head>
<body>
<main>
`;
}

function titleBlock({ kind, title, facts }: DocumentFrame): string {
  const look = title.length > LONG_TITLE ? ' class="long"' : '';
  return `<header>
<p class="kind">${escapeHtml(kind)}</p>
<h1${look}>${escapeHtml(title)}</h1>
<p class="facts">${facts.map(escapeHtml).join(' · ')}</p>
</header>
`;
}

function noticeBox(sentences: readonly string[]): string {
  if (sentences.length === 0) return '';
  return `<aside class="notice">${sentences.map((text) => `<p>${escapeHtml(text)}</p>`).join('')}</aside>\n`;
}

function legend(frame: DocumentFrame, texts: ExportTexts): string {
  if (frame.legend.length === 0) return '';
  const meanings = frame.legend.map(({ mark, meaning }) => marked(mark, escapeHtml(meaning)));
  return `<p class="legend">${escapeHtml(texts.t('marks'))}: ${meanings.join(' · ')}</p>\n`;
}

function passageOf({ startMs, speaker, rightToLeft, runs }: Passage, textLanguage: string): string {
  const direction = rightToLeft ? ' dir="rtl"' : '';
  const time =
    startMs === null ? '' : `<time datetime="${durationOf(startMs)}">${clockTime(startMs)} </time>`;
  const name = speaker === null ? '' : `<b>${nameOf(speaker, rightToLeft)}:</b> `;
  const text = runs.map((run) => runOf(run, textLanguage)).join('');
  return `<p class="passage"${direction}>${time}${name}${text}</p>\n`;
}

/** A name; one of the other direction than its paragraph is isolated from the digits after it. */
function nameOf(speaker: string, rightToLeft: boolean): string {
  const name = escapeHtml(speaker);
  return isNameRightToLeft(speaker) === rightToLeft ? name : `<bdi>${name}</bdi>`;
}

function runOf({ text, mark, language }: TextRun, textLanguage: string): string {
  const content = mark === null ? escapeHtml(text) : marked(mark, escapeHtml(text));
  const spoken = language === null ? textLanguage : spellingLanguage(language);
  return spoken === textLanguage ? content : `<span lang="${escapeHtml(spoken)}">${content}</span>`;
}

function marked(mark: string, content: string): string {
  return `<mark class="${mark}">${content}</mark>`;
}

function lookOf(item: Gap | Mark): string {
  if (item.kind === 'mark') return 'gap marker';
  return item.reason === 'notUnderstood' ? 'gap unclear' : 'gap';
}

function noteOf(text: string, texts: ExportTexts, look = 'gap'): string {
  return `<p class="${look}" lang="${escapeHtml(texts.formats)}">${escapeHtml(text)}</p>\n`;
}

function* provenance(groups: readonly FactGroup[], texts: ExportTexts): Generator<string> {
  yield `<section class="provenance">
<h2>${escapeHtml(texts.t('provenance'))}</h2>
<p>${escapeHtml(texts.t('provenanceIntroduction'))}</p>
`;
  for (const { heading, facts } of groups) {
    yield `<h3>${escapeHtml(heading)}</h3>\n<table>\n`;
    for (const { label, value, isHash } of facts) {
      const shown = isHash === true ? `<code>${escapeHtml(value)}</code>` : escapeHtml(value);
      yield `<tr><th scope="row">${escapeHtml(label)}</th><td>${shown}</td></tr>\n`;
    }
    yield '</table>\n';
  }
  yield '</section>\n';
}

/** A time from the recording's start as HTML's duration string, to the second, as it is shown. */
function durationOf(ms: number): string {
  return `PT${Math.floor(ms / 1000)}S`;
}

/** Text escaped for HTML, between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
