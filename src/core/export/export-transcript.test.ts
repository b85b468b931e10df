import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExportFormat, extensionOf, FULL_CONTENT, type TranscriptDocument } from '../../contract/document.ts';
import { installFault } from '../fault-points.ts';
import { closeExporter, prepareExporter } from './export-thread.ts';
import { type ExportOrder, exportTranscript } from './export-transcript.ts';
import { exampleDocument, longDocument, referenceDocument, segmentOf } from './testing/example-documents.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'voicesync-export-')));
  folder = join(root, 'exports');
  mkdirSync(folder);
});
afterEach(() => {
  installFault(null);
  rmSync(root, { recursive: true, force: true });
});
afterAll(closeExporter);

function order(changes: Partial<ExportOrder> = {}): ExportOrder {
  return {
    format: 'txt',
    folder,
    baseName: 'hearing',
    timestamps: false,
    content: FULL_CONTENT,
    overwrite: false,
    language: 'en',
    ...changes,
  };
}

test('every format is written beside the others', async () => {
  const document = referenceDocument('interview-en.m4a');
  const printer = async (html: readonly Uint8Array[]) => Buffer.concat([Buffer.from('printed: '), ...html]);
  for (const format of ExportFormat.options) {
    const path = await exportTranscript(document, order({ format }), { printer });
    expect(path).toBe(join(folder, `hearing.${extensionOf(format)}`));
  }
  expect(readFileSync(join(folder, 'hearing.txt'), 'utf8')).toMatch(
    /^Speaker 1: Patient Whiskey.*recording\.\n$/s,
  );
  expect(JSON.parse(readFileSync(join(folder, 'hearing.json'), 'utf8')).segments).toEqual(document.segments);
  expect(readFileSync(join(folder, 'hearing.vtt'), 'utf8')).toMatch(/^WEBVTT\n/);
  expect(readFileSync(join(folder, 'hearing.srt'), 'utf8')).toMatch(/^1\n00:00:00,600 --> /);
  expect(Object.keys(unzipSync(readFileSync(join(folder, 'hearing.docx'))))).toContain('word/document.xml');
  expect(readFileSync(join(folder, 'hearing.pdf'), 'utf8')).toBe(
    `printed: ${readFileSync(join(folder, 'hearing.html'), 'utf8')}`,
  );
  expect(readFileSync(join(folder, 'hearing.csv'), 'utf8')).toMatch(/^\uFEFFstart,end,speaker/);
  expect(readFileSync(join(folder, 'hearing.md'), 'utf8')).toMatch(/^# interview-en\.m4a\n/);
  expect(JSON.parse(readFileSync(join(folder, 'hearing.otr'), 'utf8')).media).toBe('interview-en.m4a');
  expect(readdirSync(folder)).toHaveLength(ExportFormat.options.length);
});

test('preparing gets in the way of nothing, before, during and after an export', async () => {
  const formats = ['txt', 'docx'] as const;
  prepareExporter(formats);
  const paths = formats.map((format) => exportTranscript(exampleDocument(), order({ format })));
  prepareExporter(formats);
  for (const path of await Promise.all(paths)) expect(readFileSync(path).length).toBeGreaterThan(0);
  prepareExporter(formats);
  await closeExporter();
});

test('a long transcript arrives whole in the worker thread', async () => {
  const document = longDocument(1234);
  const path = await exportTranscript(document, order({ format: 'json' }));
  expect(JSON.parse(readFileSync(path, 'utf8')).segments).toEqual(document.segments);
});

test('twenty exports of one name at once give twenty whole files of their own', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `This is export number ${index}.`);
  const paths = await Promise.all(
    texts.map((text) => exportTranscript(exampleDocument({ segments: [segmentOf(text, 0, 900)] }), order())),
  );
  expect(new Set(paths).size).toBe(20);
  expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(texts.map((text) => `${text}\n`));
  expect(readdirSync(folder)).toHaveLength(20);
});

describe('a hostile recording name', () => {
  test.each([
    '../../escaped',
    '/tmp/absolute',
    '..\\..\\windows',
    'nul\0byte',
    'CON',
    'right\u202Etfel',
    'é'.repeat(400),
    '',
    '...',
    'line\nbreak',
  ])('%j stays in the chosen folder and overwrites nothing', async (baseName) => {
    writeFileSync(join(root, 'escaped.txt'), 'precious');
    const first = await exportTranscript(exampleDocument(), order({ baseName }));
    const second = await exportTranscript(exampleDocument(), order({ baseName }));
    expect(dirname(first)).toBe(folder);
    expect(dirname(second)).toBe(folder);
    expect(second).not.toBe(first);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(readdirSync(root).sort()).toEqual(['escaped.txt', 'exports']);
    expect(readFileSync(join(root, 'escaped.txt'), 'utf8')).toBe('precious');
  });
});

describe('a failure', () => {
  test('of the document is told as such, leaves no file, and the next export works', async () => {
    const broken = { ...exampleDocument(), segments: [{}] } as unknown as TranscriptDocument;
    await expect(exportTranscript(broken, order())).rejects.toMatchObject({ code: 'export.failed' });
    expect(readdirSync(folder)).toEqual([]);
    expect(await exportTranscript(exampleDocument(), order())).toBe(join(folder, 'hearing.txt'));
  });

  test('of the printer is told as such and leaves no file; without one it is said what to do', async () => {
    const jammed = () => Promise.reject(new Error('out of paper'));
    const pdf = order({ format: 'pdf' });
    await expect(exportTranscript(exampleDocument(), pdf, { printer: jammed })).rejects.toMatchObject({
      code: 'export.failed',
    });
    await expect(exportTranscript(exampleDocument(), pdf)).rejects.toMatchObject({
      code: 'export.needsWindow',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of the disk is told with its code', async () => {
    installFault((point) => {
      if (point === 'export.write') throw Object.assign(new Error('planted'), { code: 'ENOSPC' });
    });
    await expect(exportTranscript(exampleDocument(), order())).rejects.toMatchObject({ code: 'disk.full' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of the folder is told with its name', async () => {
    const missing = join(folder, 'missing');
    await expect(exportTranscript(exampleDocument(), order({ folder: missing }))).rejects.toMatchObject({
      code: 'folder.notWritable',
      details: { folder: missing },
    });
  });
});

test('after closing, the next export starts a new thread; closing twice does no harm', async () => {
  await exportTranscript(exampleDocument(), order());
  await Promise.all([closeExporter(), closeExporter()]);
  expect(await exportTranscript(exampleDocument(), order())).toBe(join(folder, 'hearing (2).txt'));
});

test('closing waits for an export under way', async () => {
  const running = exportTranscript(longDocument(500), order());
  await closeExporter();
  expect(readFileSync(await running, 'utf8')).toContain('Speaker 1');
});

test('an idle exporter does not keep the program running', () => {
  const module = new URL('./export-transcript.ts', import.meta.url).href;
  const script = `
    const { exportTranscript } = await import(${JSON.stringify(module)});
    const document = JSON.parse(process.argv[1]);
    console.log(await exportTranscript(document, JSON.parse(process.argv[2])));
    process.on('exit', () => console.log('ended by itself'));
  `;
  const output = execFileSync(
    process.execPath,
    ['--input-type=module', '-e', script, JSON.stringify(exampleDocument()), JSON.stringify(order())],
    { encoding: 'utf8', timeout: 8000 },
  );
  expect(output).toBe(`${join(folder, 'hearing.txt')}\nended by itself\n`);
});
