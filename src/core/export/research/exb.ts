import type { TranscriptDocument } from '../../../contract/document.ts';
import { exportTexts } from '../export-texts.ts';
import { readableText } from '../readable-text.ts';
import type { RenderOptions } from '../render-options.ts';
import { openingNotes } from '../transcript-notes.ts';
import { escapeXml } from '../xml-text.ts';
import { type SpeakerTier, speakerTiers } from './speaker-tiers.ts';

/**
 * The transcript for EXMARaLDA's Partitur editor, as a basic transcription: a tier of category `v` and type `t` for each speaker, an
 * event a segment, one common time line in seconds. Source of the format: basic-transcription.dtd of EXMARaLDA.
 */
export function* exbOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const texts = exportTexts(options.language);
  const tiers = speakerTiers(document, texts);
  const name = readableText(document.recording.name);
  const times = [
    ...new Set(tiers.flatMap(({ segments }) => segments.flatMap(({ startMs, endMs }) => [startMs, endMs]))),
  ];
  const place = new Map(times.sort((one, other) => one - other).map((ms, at) => [ms, `T${at}`]));
  const notes = openingNotes(document, texts).join(' ');
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<basic-transcription>\n  <head>\n    <meta-information>\n';
  yield `      <project-name>${escapeXml(readableText(document.matter?.name ?? ''))}</project-name>\n`;
  yield `      <transcription-name>${escapeXml(name)}</transcription-name>\n`;
  yield `      <referenced-file url="${escapeXml(name)}"/>\n      <ud-meta-information/>\n`;
  yield `      <comment>${escapeXml([notes, readableText(document.producer)].filter(Boolean).join(' '))}</comment>\n`;
  yield '      <transcription-convention/>\n    </meta-information>\n    <speakertable>\n';
  for (const [at, tier] of tiers.entries()) if (tier.speaker !== null) yield speakerXml(tier, at);
  yield '    </speakertable>\n  </head>\n  <basic-body>\n    <common-timeline>\n';
  for (const [ms, id] of place) yield `      <tli id="${id}" time="${(ms / 1000).toFixed(3)}"/>\n`;
  yield '    </common-timeline>\n';
  for (const [at, tier] of tiers.entries()) yield* tierXml(tier, at, place);
  yield '  </basic-body>\n</basic-transcription>\n';
}

function speakerXml({ name, language }: SpeakerTier, at: number): string {
  const languages =
    language === null
      ? '<languages-used/>'
      : `<languages-used><language lang="${escapeXml(language)}"/></languages-used>`;
  return `      <speaker id="SPK${at}"><abbreviation>${escapeXml(name)}</abbreviation><sex value="u"/>${languages}<l1/><l2/><ud-speaker-information/><comment/></speaker>\n`;
}

function* tierXml(
  { name, speaker, segments }: SpeakerTier,
  at: number,
  place: ReadonlyMap<number, string>,
): Generator<string> {
  const kind = speaker === null ? 'category="nn" type="d"' : `speaker="SPK${at}" category="v" type="t"`;
  const shown = speaker === null ? name : `${name} [v]`;
  yield `    <tier id="TIE${at}" ${kind} display-name="${escapeXml(shown)}">\n`;
  for (const { startMs, endMs, text } of segments) {
    // The editor shows events side by side: a blank keeps the last word from the first one of the next.
    yield `      <event start="${place.get(startMs)}" end="${place.get(endMs)}">${escapeXml(text)} </event>\n`;
  }
  yield '    </tier>\n';
}
