import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type ExportFormat, FULL_CONTENT } from '../../../contract/document.ts';
import { render } from '../render.ts';
import { exampleDocument, segmentOf } from '../testing/example-documents.ts';
import { elementsNamed, XmlPart } from '../word-template/xml-part.ts';

const DOCUMENT = exampleDocument({
  segments: [
    segmentOf('He said "no" & left.', 1000, 3000, 'Ana <R>'),
    // Begins before the one before it has ended.
    segmentOf('So did I.', 2900, 4000, 'Ana <R>'),
    segmentOf('Never.', 2000, 2500, 'Ben'),
  ],
  skipped: [{ startMs: 5000, endMs: 7000, reason: 'notUnderstood' }],
  markers: [{ atMs: 8000, label: 'objection' }],
});

async function file(format: ExportFormat): Promise<string> {
  const options = { format, timestamps: true, content: FULL_CONTENT, language: 'en' } as const;
  return Buffer.concat(await render(DOCUMENT, options)).toString('utf8');
}

test('ELAN: declared types, slots in order, words within their segment, warnings in the header', async () => {
  const text = await file('eaf');
  const { root } = new XmlPart(text);
  const named = (name: string) => [...elementsNamed(root, name)];
  const slots = new Map(
    named('TIME_SLOT').map((slot) => [slot.attributes.TIME_SLOT_ID, Number(slot.attributes.TIME_VALUE)]),
  );
  expect([...slots.values()]).toEqual([...slots.values()].toSorted((one, other) => one - other));
  const types = named('LINGUISTIC_TYPE').map((type) => type.attributes.LINGUISTIC_TYPE_ID);
  const tiers = named('TIER').map((tier) => ({
    id: tier.attributes.TIER_ID,
    parent: tier.attributes.PARENT_REF ?? null,
    type: tier.attributes.LINGUISTIC_TYPE_REF,
    spans: [...elementsNamed(tier, 'ALIGNABLE_ANNOTATION')].map(
      (one) => [slots.get(one.attributes.TIME_SLOT_REF1), slots.get(one.attributes.TIME_SLOT_REF2)] as const,
    ),
  }));
  expect(tiers.map(({ id, parent }) => [id, parent])).toEqual([
    ['Ana <R>', null],
    ['Ana <R> words', 'Ana <R>'],
    ['Ben', null],
    ['Ben words', 'Ben'],
    ['Not understood', null],
    ['Markers', null],
  ]);
  expect(tiers[0]?.spans).toEqual([
    [1000, 3000],
    [3000, 4000],
  ]);
  for (const { spans, type, parent } of tiers) {
    expect(types).toContain(type);
    for (const [at, [start = 0, end = 0]] of spans.entries()) {
      expect(end).toBeGreaterThan(start);
      expect(start).toBeGreaterThanOrEqual(spans[at - 1]?.[1] ?? 0);
      const around = tiers.find(({ id }) => id === parent)?.spans ?? [[0, end]];
      expect(around.some(([from = 0, to = 0]) => from <= start && to >= end)).toBe(true);
    }
  }
  expect(text).toContain('He said &quot;no&quot; &amp; left.');
  expect(text).toContain('RELATIVE_MEDIA_URL="./interview-en.m4a"');
  expect(text).toMatch(/PROPERTY NAME="note">.*not understood/);
});

test('Praat: the intervals of each tier fill all of the time, quotes are doubled', async () => {
  const text = await file('textgrid');
  const tiers = text.split(/item \[\d+\]:/).slice(1);
  expect(tiers).toHaveLength(6);
  for (const tier of tiers) {
    const bounds = [...tier.matchAll(/xmin = ([\d.]+)\s+xmax = ([\d.]+)\s+text/g)].map(([, from, to]) => [
      from,
      to,
    ]);
    expect(Number(/intervals: size = (\d+)/.exec(tier)?.[1])).toBe(bounds.length);
    expect(bounds[0]?.[0]).toBe('0');
    expect(bounds.at(-1)?.[1]).toBe('600');
    for (const [at, [from]] of bounds.entries()) if (at > 0) expect(from).toBe(bounds[at - 1]?.[1]);
  }
  expect(text).toContain('text = "He said ""no"" & left."');
});

test('EXMARaLDA: one time line in seconds, every event on it, a tier for each speaker', async () => {
  const { root } = new XmlPart(await file('exb'));
  const ids = [...elementsNamed(root, 'tli')].map((tli) => [tli.attributes.id, tli.attributes.time]);
  expect(ids.slice(0, 3)).toEqual([
    ['T0', '1.000'],
    ['T1', '2.000'],
    ['T2', '2.500'],
  ]);
  const times = new Map(ids.map(([id, time]) => [id, time]));
  const [ana] = elementsNamed(root, 'tier');
  expect(ana && [ana.attributes.speaker, ana.attributes.category, ana.attributes.type]).toEqual([
    'SPK0',
    'v',
    't',
  ]);
  const events = [...elementsNamed(ana ?? root, 'event')];
  expect(events.map((one) => [times.get(one.attributes.start), times.get(one.attributes.end)])).toEqual([
    ['1.000', '3.000'],
    ['3.000', '4.000'],
  ]);
});

test('MAXQDA and ATLAS.ti get a time before each turn, NVivo a timespan, a speaker and a content', async () => {
  const options = { format: 'qda', timestamps: true, content: FULL_CONTENT, language: 'en' } as const;
  const docx = unzipSync(Buffer.concat(await render(DOCUMENT, options)));
  const turns = strFromU8(docx['word/document.xml'] as Uint8Array).split('</w:p>');
  expect(turns.map((turn) => turn.replace(/<[^>]+>/g, '')).filter((turn) => turn.startsWith('['))).toEqual([
    '[00:00:01] Ana &lt;R&gt;: He said &quot;no&quot; &amp; left. So did I.',
    '[00:00:02] Ben: Never.',
    '[00:00:05] [not understood]',
  ]);
  const rows = (await file('nvivo')).replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(rows.map((row) => row.split('\t'))).toEqual([
    ['Timespan', 'Speaker', 'Content'],
    ['0:00:01.0-0:00:04.0', 'Ana <R>', 'He said "no" & left. So did I.'],
    ['0:00:02.0-0:00:02.5', 'Ben', 'Never.'],
    ['0:00:05.0-0:00:07.0', '', '[not understood]'],
  ]);
});
