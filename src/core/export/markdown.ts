import { clockTime } from '../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import { documentFrame } from './document-frame.ts';
import { type ExportTexts, exportTexts } from './export-texts.ts';
import type { FactGroup } from './fact-groups.ts';
import { isDoubtful, type Passage, passagesOf } from './passages.ts';
import type { RenderOptions } from './render-options.ts';
import { betweenNote } from './transcript-notes.ts';

/**
 * The transcript as Markdown (CommonMark, with the tables of GitHub's dialect for the provenance): title, facts, one line
 * a paragraph. Passages the machine doubts are followed by `[?]`.
 */
export function* markdownOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const texts = exportTexts(options.language);
  const frame = documentFrame(document, options.content, texts);
  yield `# ${escapeMarkdown(frame.title)}\n\n`;
  yield `*${escapeMarkdown(frame.kind)}* · ${frame.facts.map(escapeMarkdown).join(' · ')}\n`;
  yield notice(frame.notices);

  let isDoubted = false;
  for (const item of passagesOf(document, options.content)) {
    if (item.kind !== 'passage') {
      const strength = item.kind === 'mark' || item.reason === 'notUnderstood' ? '**' : '*';
      yield `\n${strength}${escapeMarkdown(betweenNote(item, texts))}${strength}\n`;
      continue;
    }
    isDoubted ||= item.runs.some(isDoubtful);
    yield `\n${passage(item)}\n`;
  }
  if (frame.emptyNote !== null) yield `\n*${escapeMarkdown(frame.emptyNote)}*\n`;

  yield notice(frame.closing);
  if (isDoubted) yield `\n*${escapeMarkdown(texts.t('doubtfulInText'))}*\n`;
  if (frame.provenance !== null) yield* provenance(frame.provenance, texts);
}

function notice(sentences: readonly string[]): string {
  return sentences.map((text) => `\n> **${escapeMarkdown(text)}**\n`).join('');
}

function passage({ startMs, speaker, runs }: Passage): string {
  const time = startMs === null ? '' : `\`${clockTime(startMs)}\` `;
  const name = speaker === null ? '' : `**${escapeMarkdown(speaker)}:** `;
  const text = runs.map((run) => escapeMarkdown(run.text) + (isDoubtful(run) ? ' \\[?\\]' : '')).join('');
  return time + name + (time + name === '' ? escapeLineStart(text) : text);
}

function* provenance(groups: readonly FactGroup[], texts: ExportTexts): Generator<string> {
  yield `\n## ${escapeMarkdown(texts.t('provenance'))}\n\n${escapeMarkdown(texts.t('provenanceIntroduction'))}\n`;
  for (const { heading, facts } of groups) {
    yield `\n### ${escapeMarkdown(heading)}\n\n| | |\n|---|---|\n`;
    for (const { label, value, isHash } of facts) {
      yield `| ${escapeMarkdown(label)} | ${isHash === true ? `\`${value}\`` : escapeMarkdown(value)} |\n`;
    }
  }
}

/** Text that no Markdown parser reads as markup, anywhere in a line but at its start. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>~|&$]/g, '\\$&');
}

/** Escaped text that starts no heading, list, quotation or rule either. */
function escapeLineStart(text: string): string {
  return text.replace(/^[#+=-]/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}
