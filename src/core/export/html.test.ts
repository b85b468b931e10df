import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type ExportContent, FULL_CONTENT, type TranscriptDocument } from '../../contract/document.ts';
import type { Locale } from '../../contract/locale.ts';
import { htmlOf } from './html.ts';
import {
  exampleDocument,
  longDocument,
  REFERENCE_NAMES,
  referenceDocument,
  segmentOf,
} from './testing/example-documents.ts';

function html(
  document: TranscriptDocument,
  content: Partial<ExportContent> = {},
  language: Locale = 'en',
): string {
  const options = { format: 'html', timestamps: false, language } as const;
  return [...htmlOf(document, { ...options, content: { ...FULL_CONTENT, ...content } })].join('');
}

/** The visible text, one line a block. */
function textOf(page: string): string[] {
  const body = page.slice(page.indexOf('<main>'));
  return body
    .replaceAll(/<\/(p|h1|h2|h3|tr|aside)>/g, '\n')
    .replaceAll(/<\/t[hd]>/g, '\t')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Tags that are not closed, or in the wrong order; null if there are none. */
function malformation(page: string): string | null {
  const empty = ['meta', '!doctype'];
  const open: string[] = [];
  const withoutStyle = page.replace(/<style>.*?<\/style>/s, '');
  for (const [, closing, name = ''] of withoutStyle.matchAll(
    /<(\/?)([!\w]+)(?: [\w-]+="[^"<>]*")*(?: html)?>/g,
  )) {
    if (empty.includes(name)) continue;
    if (closing !== '/') open.push(name);
    else if (open.pop() !== name) return `a wrong end of ${name}`;
  }
  const rest = withoutStyle.replaceAll(/<(\/?)([!\w]+)(?: [\w-]+="[^"<>]*")*(?: html)?>/g, '');
  if (/[<>]/.test(rest)) return 'a stray bracket';
  return open.length === 0 ? null : `no end of ${open.at(-1)}`;
}

test.each(REFERENCE_NAMES)('%s: every sentence stands once, in order, under its speaker and time', (name) => {
  const document = referenceDocument(name);
  const page = html(document);
  expect(malformation(page)).toBeNull();
  const spoken = textOf(page).filter((line) => /^\d\d:\d\d:\d\d /.test(line));
  for (const line of spoken) expect(line).toMatch(/^\d\d:\d\d:\d\d Speaker \d: \S/);
  expect(spoken.map((line) => line.replace(/^.*?: /, '')).join(' ')).toBe(
    document.segments.map(({ text }) => text).join(' '),
  );
});

test('the page has the title block, and the provenance last', () => {
  const lines = textOf(html(referenceDocument('interview-en.m4a')));
  expect(lines.slice(0, 3)).toEqual([
    'Transcript',
    'interview-en.m4a',
    'File dated 2 May 2026 · 00:00:34 · English (detected, 98% certain) · Machine draft: not reviewed by a person',
  ]);
  const facts = lines.slice(lines.indexOf('Provenance'));
  expect(facts).toContain(`SHA-256\t${'3f'.repeat(32)}`);
  expect(facts).toContain('Program\tVoiceSync 0.1.0');
});

test('it is labelled in Spanish for those who ask, and each language is named where it is spoken', () => {
  const page = html(referenceDocument('bilingual.wav'), {}, 'es');
  expect(page).toContain('<html lang="es-ES">');
  expect(page).toContain('counter(page) " de " counter(pages)');
  expect(page).toMatch(/<span lang="(es-ES|en-US)">/);
});

test('right-to-left text runs from the right', () => {
  const page = html(exampleDocument({ segments: [segmentOf('مرحبا', 0, 900, null, 'ar')] }));
  expect(page).toContain('<p class="passage" dir="rtl">');
});

test('a name that is read in the other direction stands apart from the digits behind it', () => {
  const page = html(exampleDocument({ segments: [segmentOf('15 מרחבים', 0, 900, 'Speaker 1', 'he')] }));
  expect(page).toContain('<b><bdi>Speaker 1</bdi>:</b> 15');
});

describe('nothing can be run or loaded', () => {
  const hostile = exampleDocument({
    recording: {
      ...exampleDocument().recording,
      name: '</style><script>alert(1)</script>"; } @import url(x) \\',
    },
    segments: [segmentOf('<img src=x onerror=alert(1)> & "quoted"', 0, 900, '<b onclick="x">')],
  });

  test('markup in names and words is shown as it was said', () => {
    const page = html(hostile);
    expect(malformation(page)).toBeNull();
    expect(page).not.toMatch(/<(script|img|b o)/);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(textOf(page)).toContain('00:00:00 <b onclick="x">: <img src=x onerror=alert(1)> & "quoted"');
  });

  test('a name stays a string of the style sheet', () => {
    const [, content = ''] = /@bottom-left \{ content: ("(?:[^"\\]|\\.)*");/.exec(html(hostile)) ?? [];
    expect(content).not.toMatch(/[<>]/);
    // As a browser parses it (CSS Syntax, "consume an escaped code point").
    const read = content.replaceAll(/\\([0-9a-f]{1,6}) /g, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
    expect(read).toBe(`"${hostile.recording.name}"`);
  });

  test('the page allows itself its own styles alone', () => {
    const page = html(hostile);
    const styles = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(styles).digest('base64');
    expect(page).toContain(`content="default-src 'none'; style-src 'sha256-${hash}';`);
    expect(page).not.toMatch(/<[^>]* (src|href|style|on\w+)=/);
    expect(html(exampleDocument())).not.toMatch(/url\(|@import/);
  });
});

describe('what to include', () => {
  const segments = [
    segmentOf('Sure.', 1000, 1900, 'Speaker 1'),
    { ...segmentOf('Maybe this.', 2000, 2900, 'Speaker 1'), flags: ['improbable' as const] },
  ];
  const document = exampleDocument({
    segments,
    skipped: [{ startMs: 3000, endMs: 90_000, reason: 'noSpeech' }],
  });

  test('everything', () => {
    const lines = textOf(html(document));
    expect(lines).toContain('Marks in the text: the machine was unsure of these words');
    expect(lines).toContain('00:00:01 Speaker 1: Sure. Maybe this.');
    expect(lines).toContain('no speech found 00:03–01:30');
    expect(html(document)).toContain('Sure. <mark class="improbable">Maybe this.</mark>');
  });

  test('nothing but the words', () => {
    const page = html(document, { times: false, speakers: false, marks: false, provenance: false });
    const lines = textOf(page);
    expect(lines.slice(3)).toEqual(['Sure. Maybe this.']);
    expect(page.slice(page.indexOf('<main>'))).not.toMatch(/<mark|<time/);
  });

  test('that a transcript is incomplete is always told, at the top and at the end', () => {
    const broken = { ...document, complete: false, transcribedMs: 60_000 };
    const lines = textOf(html(broken, { times: false, marks: false, provenance: false }));
    expect(lines.filter((line) => line.startsWith('Incomplete:'))).toHaveLength(2);
  });
});

test('an empty recording says so', () => {
  expect(textOf(html(exampleDocument()))).toContain('No speech was found in this recording.');
});

test('the same document gives the same bytes, ten hours of it too', () => {
  const document = longDocument(12_000);
  const page = html(document);
  expect(page).toBe(html(document));
  expect(malformation(page)).toBeNull();
});
