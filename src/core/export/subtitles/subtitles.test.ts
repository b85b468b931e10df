import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { preciseClockTime, shortClockTime } from '../../../contract/clock-times.ts';
import { FULL_CONTENT } from '../../../contract/document.ts';
import { USUAL_FORMAT_OPTIONS } from '../../../contract/format-options.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { exampleDocument, longDocument, referenceDocument, segmentOf } from '../testing/example-documents.ts';
import { srtOf } from './srt.ts';
import { vttOf } from './vtt.ts';

const OPTIONS = { content: FULL_CONTENT, language: 'en' } as const;
const { path: ffmpeg } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string };

/** Subtitles as parsed by an independent parser: ffmpeg's, which players share. */
function readByFfmpeg(subtitles: string, format: 'srt' | 'webvtt'): string {
  const reads = ['-hide_banner', '-loglevel', 'error', '-f', format, '-i', 'pipe:0', '-f', 'srt', 'pipe:1'];
  return execFileSync(ffmpeg, reads, { input: subtitles, encoding: 'utf8' }).replaceAll('\r', '');
}

function srt(document = exampleDocument()): string {
  return [...srtOf(document, OPTIONS)].join('');
}

function vtt(document = exampleDocument()): string {
  return [...vttOf(document, OPTIONS)].join('');
}

describe('SRT', () => {
  test('numbers its cues and names speakers where they change', () => {
    const { segments } = referenceDocument('interview-en.m4a');
    expect(srt(exampleDocument({ segments: segments.slice(0, 2) }))).toBe(
      '1\n00:00:00,600 --> 00:00:04,822\n' +
        'Speaker 1: Patient Whiskey five five\nreports headache for twenty minutes.\n' +
        '\n2\n00:00:04,822 --> 00:00:08,794\n' +
        'Speaker 2: Did Robert find the\ngreen recording? No, not on Sunday.\n',
    );
  });

  test('is read by ffmpeg as it was written', () => {
    const written = srt(longDocument(300));
    expect(readByFfmpeg(written, 'srt').trim()).toBe(written.trim());
  });
});

describe('SRT has no way to escape', () => {
  test('what looks like markup or times: players show every word of it', () => {
    const spoken = '<inaudible> if a<b & c>d then </i> {\\an8} {y:i} 1 --> 2 <!-- no -->';
    const written = srt(exampleDocument({ segments: [segmentOf(spoken, 0, 6000, 'R&D <team>')] }));
    expect(readByFfmpeg(written, 'srt').trim()).toBe(written.trim());
    const words = (text: string) => text.match(/[\p{L}\p{N}&]+/gu);
    expect(words(written)).toEqual(words(`1 00:00:00,000 --> 00:00:06,000 R&D <team>: ${spoken}`));
  });
});

describe('SRT of languages that are written from right to left', () => {
  // In escapes, since editors show them in another order: ‫ and ‬ embed, ‏ and ‎ are marks.
  const lines = (segment: Segment, speakers = true) =>
    [
      ...srtOf(exampleDocument({ segments: [segment] }), {
        ...OPTIONS,
        content: { ...FULL_CONTENT, speakers },
      }),
    ]
      .join('')
      .trimEnd()
      .split('\n')
      .slice(2);

  test('embeds every line, also one of Latin words alone', () => {
    const arabic = 'هذا صحيح تماما ولكن الشاهد لم يقل شيئا في المحكمة iPhone 15.';
    const written = lines(segmentOf(arabic, 0, 5000, null, 'ar'), false);
    expect(written).toHaveLength(2);
    for (const line of written) expect(line).toMatch(/^\u202B[^\u202A-\u202E]+\u202C$/u);
    expect(written.join(' ').replace(/[\u202B\u202C]/gu, '')).toBe(arabic);
  });

  test('keeps digits behind a Latin name, and a Hebrew name before Latin words, in their places', () => {
    expect(lines(segmentOf('15 אנשים.', 0, 2000, 'Speaker 1', 'he'))).toEqual([
      '\u202BSpeaker 1:\u200F 15 אנשים.\u202C',
    ]);
    expect(lines(segmentOf('15 people.', 0, 2000, 'דוד', 'en'))).toEqual([
      '\u202Aדוד:\u200E 15 people.\u202C',
    ]);
    expect(lines(segmentOf('שלום.', 0, 2000, 'דוד', 'he'))).toEqual(['\u202Bדוד: שלום.\u202C']);
  });

  test('goes by the letters where the language is not what was heard, and leaves all other text alone', () => {
    expect(lines(segmentOf('سلام دنیا', 0, 2000, null, 'en'))).toEqual(['\u202Bسلام دنیا\u202C']);
    expect(lines(segmentOf('OK.', 0, 2000, null, 'ar'))).toEqual(['OK.']);
    expect(lines(segmentOf('He said שלום.', 0, 2000, null, 'en'))).toEqual(['He said שלום.']);
  });

  test('WebVTT has the marks within the voice, and ffmpeg reads them', () => {
    const document = exampleDocument({ segments: [segmentOf('- לא.', 0, 2000, 'Speaker 1', 'he')] });
    expect(vtt(document)).toContain('\n<v Speaker 1>\u202B- לא.\u202C\n');
    expect(readByFfmpeg(srt(document), 'srt').trim()).toBe(srt(document).trim());
  });
});

test('SRT has a byte order mark and the line ends of Windows where that is asked for; WebVTT never', () => {
  const document = exampleDocument({ segments: [segmentOf('One.', 0, 900), segmentOf('Two.', 1000, 2000)] });
  const formatOptions = { ...USUAL_FORMAT_OPTIONS, srt: { byteOrderMark: true, crlf: true } };
  const written = [...srtOf(document, { ...OPTIONS, formatOptions })].join('');
  expect(written).toBe(`\uFEFF${srt(document).replaceAll('\n', '\r\n')}`);
  expect(readByFfmpeg(written, 'srt').trim()).toBe(srt(document).trim());
  expect([...vttOf(document, { ...OPTIONS, formatOptions })].join('')).toBe(vtt(document));
});

test('what the program says keeps the shape too', () => {
  const formatOptions = {
    ...USUAL_FORMAT_OPTIONS,
    subtitles: { ...USUAL_FORMAT_OPTIONS.subtitles, lineLength: 20, lines: 1 },
  };
  const document = exampleDocument({
    complete: false,
    transcribedMs: 5000,
    skipped: [{ startMs: 2000, endMs: 4500, reason: 'notUnderstood' }],
    segments: [segmentOf('Hello.', 500, 1000)],
  });
  for (const language of ['en', 'es'] as const) {
    const written = [...srtOf(document, { ...OPTIONS, language, formatOptions })].join('');
    const shown = written.split('\n').filter((line) => /\p{L}/u.test(line));
    for (const line of shown) expect(line.length).toBeLessThanOrEqual(20);
    expect(shown.join(' ')).toContain(language === 'en' ? 'Incomplete: broke' : 'Incompleta: ');
  }
});

describe('WebVTT', () => {
  test('holds speakers as voices and escapes what would be markup', () => {
    const segments = [
      segmentOf('if a<b & c>d --> e', 0, 2000, 'R&D <team>'),
      segmentOf('no one knows who', 3000, 4000, null),
    ];
    expect(vtt(exampleDocument({ segments }))).toBe(
      'WEBVTT\n' +
        '\n00:00:00.000 --> 00:00:02.000\n<v R&amp;D &lt;team&gt;>if a&lt;b &amp; c&gt;d --&gt; e\n' +
        '\n00:00:03.000 --> 00:00:04.000\nno one knows who\n',
    );
  });

  test('is read by ffmpeg with every cue and its times', () => {
    const written = vtt(longDocument(300));
    const times = (text: string) =>
      text.match(/[\d:]+[.,]\d{3} --> [\d:]+[.,]\d{3}/g)?.map((line) => line.replaceAll(',', '.'));
    expect(times(readByFfmpeg(written, 'webvtt'))).toEqual(times(written));
  });

  test('says in notes what a reader must know', () => {
    const base = exampleDocument();
    const text = vtt({
      ...base,
      complete: false,
      transcribedMs: 5000,
      segments: [segmentOf('Hello.', 1000, 2000)],
    });
    expect(text).toContain('\nNOTE Incomplete: the transcription was interrupted.');
    expect(text.endsWith('\n00:00:05.000 --> 00:00:09.000\n[Incomplete: broke off at 00:00:05]\n')).toBe(
      true,
    );
  });

  test('goes past ninety-nine hours', () => {
    const startMs = 123 * 3_600_000 + 4_005;
    expect(vtt(exampleDocument({ segments: [segmentOf('Late.', startMs, startMs + 900)] }))).toContain(
      '123:00:04.005 --> 123:00:04.905',
    );
  });
});

test('an interrupted transcription ends with a subtitle that says so', () => {
  const text = srt(
    exampleDocument({ complete: false, transcribedMs: 5000, segments: [segmentOf('Hello.', 4000, 7000)] }),
  );
  expect(text.endsWith('\n2\n00:00:07,000 --> 00:00:11,000\n[Incomplete: broke off at 00:00:05]\n')).toBe(
    true,
  );
});

test('times are written as players expect them', () => {
  expect(preciseClockTime(3_599_999, ',')).toBe('00:59:59,999');
  expect(shortClockTime(192_000)).toBe('03:12');
  expect(shortClockTime(3_792_000)).toBe('1:03:12');
  expect(shortClockTime(36_000_000)).toBe('10:00:00');
});
