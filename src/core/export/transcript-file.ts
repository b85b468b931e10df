import { TranscriptDocument, TranscriptSource } from '../../contract/document.ts';
import { Provenance } from '../../contract/provenance.ts';
import { z } from '../../contract/schema.ts';
import { SpeakerLane } from '../../contract/speakers.ts';
import { LanguageRange, Segment, SkippedRange } from '../../contract/transcript.ts';

const { recording, options, model, version, live, reruns, markers } = TranscriptDocument.shape;
const rerun = reruns.element.shape;
const source = TranscriptSource.shape;
const marker = markers.element;
const lane = SpeakerLane.shape;
const { startMs, endMs } = SkippedRange.shape;
const span = { startMs, endMs };

/**
 * The JSON export: other programs may rely on it. Fields are added, never renamed, and removed only with what they
 * describe.
 * docs/transcript.schema.json is derived from it.
 */
export const TranscriptFile = z.strictObject({
  recording: z
    .strictObject({
      name: recording.shape.name.describe("The source's file name, without its folder."),
      sha256: recording.shape.sha256.describe(
        'SHA-256 of the source file, in hexadecimal; null where it could not be read to its end, and where there are several: see sources.',
      ),
      sizeBytes: recording.shape.sizeBytes.describe(
        'Size of the source file in bytes; of several together. Null in a pseudonymised copy.',
      ),
      durationMs: recording.shape.durationMs.describe('Length of the recording.'),
      modifiedAtMs: recording.shape.modifiedAtMs.describe(
        'When the source was last changed, in milliseconds since 1970-01-01T00:00:00Z. Null in a pseudonymised copy.',
      ),
      gain: z
        .strictObject(recording.shape.gain.shape)
        .describe(
          'By how much its sound was raised before it was transcribed, from the least to the greatest, in dB; below zero where it was lowered.',
        ),
      assumedReading: recording.shape.assumed
        .unwrap()
        .strict()
        .nullable()
        .describe(
          'How the source was read where no header told: by its ending, or by its samples where its index was lost. Null for any other.',
        ),
      sourceComplete: z.boolean().describe('False where the source could not be read to its end.'),
      sources: z
        .array(
          z.strictObject({
            name: source.name.describe("The file's name, without its folder."),
            sha256: source.sha256.describe('In hexadecimal; null where it could not be read to its end.'),
            sizeBytes: source.sizeBytes,
            modifiedAtMs: source.modifiedAtMs.describe('In milliseconds since 1970-01-01T00:00:00Z.'),
            startMs: source.startMs.describe('Where it begins in the recording.'),
            durationMs: source.durationMs.describe('How much of the recording it is.'),
            complete: z.boolean().describe('False where it could not be read to its end.'),
          }),
        )
        .min(1)
        .describe('Every source file in order: more than one where numbered files were joined.'),
      complete: z.boolean().describe('False where the transcription was interrupted at transcribedMs.'),
      transcribedMs: z.int().nonnegative().describe('How far the transcription reaches.'),
      timeOffsetMs: z
        .int()
        .describe(
          'By how much the times of segments, words and stretches were moved, none to before 0; not those of sources, and not transcribedMs.',
        ),
      noSpeech: z
        .array(z.strictObject(span))
        .describe('Stretches in which no speech was found, so that nothing was transcribed there.'),
      notUnderstood: z
        .array(z.strictObject(span))
        .describe('Stretches in which somebody speaks, but no words were understood.'),
      notInText: z
        .array(z.strictObject(span))
        .describe('Stretches in which words were heard that an existing text does not have.'),
      existingText: z
        .strictObject({ name: z.string(), sha256: z.string(), words: z.int(), foundWords: z.int() })
        .nullable()
        .describe(
          'The file whose text was aligned to the recording, how many words it has, and how many of them were heard; null where the machine wrote the text.',
        ),
      otherLanguages: z
        .array(z.strictObject(LanguageRange.shape))
        .describe(
          'Stretches that are probably spoken in another language (ISO 639-1) than they were transcribed in.',
        ),
      detectedLanguage: z
        .strictObject({ language: z.string(), probability: z.number().min(0).max(1) })
        .nullable()
        .describe('The language detected for the whole recording; null where it was given or mixed.'),
      version: z
        .strictObject({
          number: version.shape.number,
          kind: version.shape.kind.describe(
            'machine: as the engine wrote it; edited: changed since, see editedBy.',
          ),
          editedBy: z
            .enum(['person', 'rules'])
            .optional()
            .describe('Who has changed an edited version: a person, or automatic corrections alone.'),
          createdAtMs: version.shape.createdAtMs.describe('In milliseconds since 1970-01-01T00:00:00Z.'),
          producer: z.string().describe('Name and version of the program.'),
        })
        .describe('Which version of the transcript this is; 1 is the first.'),
    })
    .describe('The source recording, and what of it this file covers.'),
  model: z
    .strictObject({
      name: model.shape.name,
      sha256: model.shape.sha256,
    })
    .describe('The speech model.'),
  settings: z
    .strictObject({
      language: options.shape.language.describe('What was asked for: auto, mixed or a language code.'),
      prompt: options.shape.prompt.describe('Vocabulary and names to expect; empty for none.'),
      speakers: options.shape.speakers.describe('How speakers were told apart.'),
      speakerCount: options.shape.speakerCount
        .unwrap()
        .describe('How many speak, if that was given (isLimit: at most); null where it was found.'),
      translate: options.shape.translate.describe('Translated into English instead of transcribed.'),
      keepSilence: options.shape.keepSilence.describe('Silences were given to the engine too.'),
      threads: options.shape.threads.describe('Threads of the engine; null where it chose.'),
      beamSize: options.shape.beamSize
        .unwrap()
        .describe('How widely the decoder searched, 1 being greedy; null where the program chose.'),
    })
    .describe('What the user chose for this transcription.'),
  transcribedLive: z
    .array(
      z.strictObject({
        startMs: live.element.shape.startMs,
        endMs: live.element.shape.endMs,
        model: z.strictObject(live.element.shape.model.shape),
      }),
    )
    .describe(
      'Stretches whose text was made while they were recorded: all of it where no final transcript was made, else what that did not cover.',
    ),
  transcribedAgain: z
    .array(
      z.strictObject({
        startMs: rerun.startMs,
        endMs: rerun.endMs,
        model: z.strictObject(rerun.model.shape),
        language: rerun.language.describe('What was asked for: auto, mixed or a language code.'),
        detectedLanguage: z
          .strictObject({ language: z.string(), probability: z.number().min(0).max(1) })
          .nullable()
          .describe('The language detected in this stretch; null where it was given or mixed.'),
        translate: rerun.translate.describe('Translated into English instead of transcribed.'),
        keepSilence: rerun.keepSilence.describe('Silences were given to the engine too.'),
        version: rerun.versionNumber.describe('The version of the transcript that came of it.'),
        createdAtMs: rerun.createdAtMs.describe('In milliseconds since 1970-01-01T00:00:00Z.'),
      }),
    )
    .describe(
      'Stretches that were transcribed again afterwards, in that order: model and settings above are those of the rest.',
    ),
  checked: z
    .strictObject(TranscriptDocument.shape.checked.unwrap().shape)
    .nullable()
    .describe(
      'Who checked the text, when (milliseconds since 1970-01-01T00:00:00Z), how much of the recording was listened to in per cent, and whether this text was changed since. Null where nobody said that they checked it.',
    ),
  pseudonymised: z
    .boolean()
    .describe('A copy in which labels such as [Person 1] stand for names, places, dates and numbers.'),
  making: Provenance.nullable().describe(
    'How the run that wrote this made it, for a later run to know it again; null where it was exported by hand.',
  ),
  segments: z
    .array(
      z
        .strictObject({
          startMs: Segment.shape.startMs,
          endMs: Segment.shape.endMs,
          text: Segment.shape.text.describe('What was said, with its punctuation.'),
          speaker: Segment.shape.speaker.describe('Null where it is not known who spoke.'),
          language: Segment.shape.language.describe('ISO 639-1 code, as Whisper names it.'),
          confidence: Segment.shape.confidence.describe("Mean probability of the segment's text."),
          flags: Segment.shape.flags.describe(
            'loop: the machine repeated itself; improbable: it was unsure; overlap: several talk at once; unsureSpeaker: another speaker is nearly as likely; notHeard: nothing like it was heard.',
          ),
          words: z
            .array(z.strictObject(Segment.shape.words.element.shape))
            .describe(
              'In order. Some scripts have no blanks: joining words with blanks need not give the text.',
            ),
        })
        .describe('A span of text of one speaker.'),
    )
    .describe(
      'In order of time. All times are milliseconds from the start of the recording, moved by timeOffsetMs.',
    ),
  speakers: z
    .array(
      z.strictObject({
        name: lane.speaker.describe('As in the segments; null for what is said by nobody known.'),
        talkMs: lane.talkMs.describe('How long this speaker talks in all.'),
        turns: lane.turns.describe('When. Turns of several speakers overlap where they talk at once.'),
      }),
    )
    .describe('Who speaks when, in the order in which the speakers begin.'),
  markers: z
    .array(
      z.strictObject({
        atMs: marker.shape.atMs,
        label: marker.shape.label.describe('Empty for a bare mark.'),
      }),
    )
    .describe('What the user marked, in order of time.'),
});
export type TranscriptFile = z.infer<typeof TranscriptFile>;

/** The JSON Schema (draft 2020-12) of the JSON export, as docs/transcript.schema.json holds it. */
export function transcriptFileSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(TranscriptFile, { target: 'draft-2020-12' });
  return { $schema, title: 'VoiceSync transcript', ...schema };
}
