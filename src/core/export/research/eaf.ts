import type { TranscriptDocument } from '../../../contract/document.ts';
import { exportTexts } from '../export-texts.ts';
import { readableText } from '../readable-text.ts';
import type { RenderOptions } from '../render-options.ts';
import { openingNotes } from '../transcript-notes.ts';
import { escapeXml } from '../xml-text.ts';
import { mediaTypeOf } from './media-type.ts';
import { type SpeakerTier, speakerTiers, type TierInterval } from './speaker-tiers.ts';

const SCHEMA =
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd"';
const UTTERANCES = 'utterance';
const WORDS = 'word';

/** An annotation on a tier, with the ids of its time slots. */
interface Annotation extends TierInterval {
  readonly id: string;
  readonly slots: readonly [string, string];
}

/** A tier as it is written. */
interface WrittenTier {
  readonly name: string;
  readonly speaker: string | null;
  readonly parent: string | null;
  readonly annotations: readonly Annotation[];
}

/**
 * The transcript for ELAN (EAF 3.0): a tier for each speaker, with a tier of its words below it, whole milliseconds, two time slots
 * for each annotation. The recording is named as a file beside this one. What a reader must know stands in the header's
 * properties. Source of the format: EAFv3.0.xsd and "EAF Annotation Format" of the Max Planck Institute for Psycholinguistics.
 */
export function* eafOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const texts = exportTexts(options.language);
  const tiers = speakerTiers(document, texts);
  const { slots, written, lastId } = annotated(tiers, texts.documents('wordsTier'));
  const date = new Date(document.version.createdAtMs).toISOString().replace('Z', '+00:00');
  const notes = openingNotes(document, texts);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<ANNOTATION_DOCUMENT AUTHOR="${attribute(document.producer)}" DATE="${date}" FORMAT="3.0" VERSION="3.0" ${SCHEMA}>\n`;
  yield `  <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">\n`;
  yield `    <MEDIA_DESCRIPTOR ${mediaAttributes(document)}/>\n`;
  for (const note of notes) yield `    <PROPERTY NAME="note">${escapeXml(note)}</PROPERTY>\n`;
  yield `    <PROPERTY NAME="lastUsedAnnotationId">${lastId}</PROPERTY>\n  </HEADER>\n  <TIME_ORDER>\n`;
  for (const { id, atMs } of slots) yield `    <TIME_SLOT TIME_SLOT_ID="${id}" TIME_VALUE="${atMs}"/>\n`;
  yield '  </TIME_ORDER>\n';
  for (const tier of written) yield* tierXml(tier);
  yield `  <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="${UTTERANCES}" TIME_ALIGNABLE="true"/>\n`;
  yield `  <LINGUISTIC_TYPE CONSTRAINTS="Included_In" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="${WORDS}" TIME_ALIGNABLE="true"/>\n`;
  yield `  <CONSTRAINT DESCRIPTION="Time alignable annotations within the parent annotation's time interval, gaps are allowed" STEREOTYPE="Included_In"/>\n`;
  yield '</ANNOTATION_DOCUMENT>\n';
}

/** Annotations of all tiers, and their time slots in order of time. */
function annotated(
  tiers: readonly SpeakerTier[],
  wordsTier: string,
): { slots: { id: string; atMs: number }[]; written: WrittenTier[]; lastId: number } {
  const bounds: { atMs: number; id: string }[] = [];
  let lastId = 0;
  const annotation = ({ startMs, endMs, text }: TierInterval): Annotation => {
    lastId += 1;
    const slots = [`ts${2 * lastId - 1}`, `ts${2 * lastId}`] as const;
    bounds.push({ atMs: startMs, id: slots[0] }, { atMs: endMs, id: slots[1] });
    return { startMs, endMs, text, id: `a${lastId}`, slots };
  };
  const names = new Set(tiers.map(({ name }) => name));
  const written = tiers.flatMap(({ name, speaker, segments }): WrittenTier[] => {
    const spoken = { name, speaker, parent: null, annotations: segments.map(annotation) };
    const words = segments.flatMap((segment) => segment.words.map(annotation));
    if (words.length === 0) return [spoken];
    let wordsName = `${name} ${wordsTier}`;
    while (names.has(wordsName)) wordsName += '*';
    names.add(wordsName);
    return [spoken, { name: wordsName, speaker, parent: name, annotations: words }];
  });
  return { slots: bounds.sort((one, other) => one.atMs - other.atMs), written, lastId };
}

function* tierXml({ name, speaker, parent, annotations }: WrittenTier): Generator<string> {
  const participant = speaker === null ? '' : ` PARTICIPANT="${attribute(speaker)}"`;
  const type = parent === null ? UTTERANCES : WORDS;
  const parentRef = parent === null ? '' : ` PARENT_REF="${attribute(parent)}"`;
  yield `  <TIER LINGUISTIC_TYPE_REF="${type}"${parentRef}${participant} TIER_ID="${attribute(name)}">\n`;
  for (const { id, slots, text } of annotations) {
    yield `    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="${id}" TIME_SLOT_REF1="${slots[0]}" TIME_SLOT_REF2="${slots[1]}"><ANNOTATION_VALUE>${escapeXml(text)}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>\n`;
  }
  yield '  </TIER>\n';
}

/** The recording, as a file beside the annotations: ELAN asks for it where it is elsewhere. */
function mediaAttributes({ recording }: TranscriptDocument): string {
  const name = readableText(recording.name);
  const address = encodeURIComponent(name);
  return `MEDIA_URL="file:///${address}" MIME_TYPE="${mediaTypeOf(name)}" RELATIVE_MEDIA_URL="./${address}"`;
}

function attribute(text: string): string {
  return escapeXml(readableText(text));
}
