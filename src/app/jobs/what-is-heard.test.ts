import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { EngineRequest } from '../../contract/engine.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { Segment } from '../../contract/transcript.ts';
import { eachSegment } from '../../core/database/segment-pages.ts';
import { type EngineLauncher, forkEngine } from '../../core/engine/engine-process.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { resourcesFolder } from '../../core/folders.ts';
import { EventLog } from '../testing/event-log.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import type { Workspace } from '../testing/test-workspace.ts';
import {
  makeVault,
  openEphemeral,
  openWorkspace,
  PLAIN_IMPORT,
  SAMPLE_OPTIONS,
} from '../testing/test-workspace.ts';

/** Several runs in one test, on a machine that may be busy. */
const SLOW_MS = 180_000;

interface Reference {
  readonly segments: { start: number; end: number; language: string; speaker: number; text: string }[];
}

const REFERENCES = JSON.parse(
  readFileSync(join(resourcesFolder(), '..', 'e2e', 'fixtures', 'references.json'), 'utf8'),
) as Record<string, Reference>;

let open: Workspace[] = [];

afterEach(async () => {
  const workspaces = open;
  open = [];
  for (const workspace of workspaces) await workspace.close();
});

/** The real engine, or another, with a record of every request to it. */
function overheardEngine(launch: EngineLauncher = forkEngine): {
  asked: EngineRequest[];
  launchEngine: EngineLauncher;
} {
  const asked: EngineRequest[] = [];
  const launchEngine = () => {
    const engine = launch();
    const send = (request: EngineRequest) => {
      asked.push(request);
      engine.send(request);
    };
    return { ...engine, send };
  };
  return { asked, launchEngine };
}

/** Transcribes a recording and returns its segments, with every request to the engine. */
async function heard(
  source: string,
  options: Partial<JobOptions>,
): Promise<{ segments: Segment[]; asked: EngineRequest[] }> {
  const { asked, launchEngine } = overheardEngine();
  const workspace = await openEphemeral(temporaryFolder(), { launchEngine });
  open.push(workspace);
  const jobOptions = { ...SAMPLE_OPTIONS, ...options };
  const importOptions = { ...PLAIN_IMPORT, speakers: jobOptions.speakers };
  await workspace.queue.start();
  const { jobId } = await workspace.queue.addFile(source, importOptions, jobOptions, null);
  await workspace.queue.idle();
  expect(await workspace.database.jobs.get(jobId)).toMatchObject({ state: 'done' });
  const version = await workspace.database.versions.ofJob(jobId);
  const segments: Segment[] = [];
  for await (const { segment } of eachSegment(workspace.database, version?.id ?? '')) segments.push(segment);
  return { segments, asked };
}

const windowsIn = (asked: EngineRequest[]) => asked.filter((request) => request.type === 'transcribe');

const triesIn = (asked: EngineRequest[]) =>
  windowsIn(asked).map(({ parameters }) => `${parameters.strategy} ${parameters.temperature}`);

const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}' ]/gu, '');

describe('a call with a speaker on each channel', () => {
  test('whose voices bleed into the other channel has every sentence once, with its speaker', async () => {
    const folder = temporaryFolder();
    const filter = 'pan=stereo|c0=c0+0.1*c1|c1=c1+0.1*c0';
    const call = await make(join(folder, 'bleed.flac'), '-i', RECORDINGS.call, '-af', filter);
    const { segments, asked } = await heard(call, {});
    const said = REFERENCES['call-two-channels.flac']?.segments ?? [];

    expect(segments.map(({ speaker }) => speaker)).toEqual(
      said.map(({ speaker }) => `Speaker ${speaker + 1}`),
    );
    // The other voice in the pauses may cost the small model a digit.
    const wrong = said.filter(({ text }, i) => plain(segments[i]?.text ?? '') !== plain(text));
    expect(wrong.length).toBeLessThanOrEqual(1);
    // The opening is prefetched; good text is not retried: a window per channel.
    expect(triesIn(asked)).toEqual(['greedy 0', 'beam 0', 'beam 0']);
  });

  test('of whom one is heard by the other’s microphone has every sentence once, with its speaker', async () => {
    const folder = temporaryFolder();
    // The second speaker comes out of loudspeakers into the first one's room, 200 ms later and 8 dB softer.
    const filter = [
      '[0]asplit[first][second]',
      '[first]pan=mono|c0=c0[me]',
      '[second]pan=mono|c0=c1,asplit[they][played]',
      '[played]adelay=200,volume=0.4,aecho=1:0.7:31|77|140:0.5|0.3|0.2[echo]',
      '[me][echo]amix=2:duration=first,volume=2[microphone]',
      '[microphone][they]join=inputs=2:channel_layout=stereo[all]',
    ].join(';');
    const args = ['-i', RECORDINGS.call, '-filter_complex', filter, '-map', '[all]'];
    const call = await make(join(folder, 'loudspeakers.flac'), ...args);
    const { segments } = await heard(call, { speakers: 'channels' });
    const said = REFERENCES['call-two-channels.flac']?.segments ?? [];

    expect(segments.map(({ text, speaker }) => `${speaker}: ${plain(text)}`)).toEqual(
      said.map(({ text, speaker }) => `Speaker ${speaker + 1}: ${plain(text)}`),
    );
  });
});

describe('a recording in two languages', () => {
  test('is heard in the right one for at least 95 % of its words', async () => {
    const { segments } = await heard(RECORDINGS.bilingual, { language: 'mixed' });
    const spoken = REFERENCES['bilingual.wav']?.segments ?? [];
    const words = segments.flatMap(({ language, words }) => words.map((word) => ({ ...word, language })));
    const right = words.filter(({ startMs, endMs, language }) => {
      const middle = (startMs + endMs) / 2000;
      return spoken.some(
        ({ start, end, language: true_ }) => start <= middle && middle <= end && true_ === language,
      );
    });

    expect(words.length).toBeGreaterThan(60);
    expect(right.length / words.length).toBeGreaterThanOrEqual(0.95);
  });
});

test('a recording in two languages that is resumed is not asked again for the languages it knows', {
  timeout: SLOW_MS,
}, async () => {
  const vault = join(temporaryFolder(), 'vault');
  await makeVault(vault);
  // What it is asked is the matter, not what it answers.
  const { asked, launchEngine } = overheardEngine(replayEngine);
  const log = new EventLog();
  const first = await openWorkspace(vault, { launchEngine, emit: log.emit });
  await first.queue.start();
  const options = { ...SAMPLE_OPTIONS, language: 'mixed' };
  const { jobId } = await first.queue.addFile(RECORDINGS.bilingual, PLAIN_IMPORT, options, null);
  await log.nth('segmentsCommitted', 5);
  await first.close();

  const second = await openWorkspace(vault, { launchEngine });
  open.push(second);
  await second.queue.start();
  await second.queue.idle();
  const heardLanguages = (await second.database.windows.list(jobId)).map(({ plan }) => plan.language);
  const sentences = REFERENCES['bilingual.wav']?.segments ?? [];
  expect(heardLanguages).toEqual(sentences.map(({ language }) => language));
  // Those of the range or two whose voice activity was known but not planned at closing.
  const detections = asked.filter(({ type }) => type === 'detectLanguage').length;
  expect(detections).toBeLessThanOrEqual(sentences.length + 2);
});

describe('silence', () => {
  test('is not given to the engine', async () => {
    const { segments, asked } = await heard(RECORDINGS.noise, {});

    expect(segments).toEqual([]);
    expect(windowsIn(asked)).toEqual([]);
  });

  test('that is to be kept is given to the engine; what it makes up is tried again and then flagged', async () => {
    const { segments, asked } = await heard(RECORDINGS.noise, { keepSilence: true });
    const seconds = windowsIn(asked).reduce((sum, { pcm }) => sum + pcm.length / 16_000, 0);

    expect(seconds).toBeGreaterThanOrEqual(40);
    expect(segments.length).toBeGreaterThan(0);
    expect(segments.every(({ flags }) => flags.includes('improbable'))).toBe(true);
    expect(triesIn(asked)).toEqual(expect.arrayContaining(['beam 0', 'greedy 0', 'greedy 0.4']));
  });
});

test('text too fast to have been said is tried again with other decodings', async () => {
  const folder = temporaryFolder();
  const filter = 'atempo=2.0,atempo=1.6';
  const hurried = await make(join(folder, 'hurried.flac'), '-i', RECORDINGS.interview, '-af', filter);
  const { segments, asked } = await heard(hurried, {});

  expect(triesIn(asked)).toEqual(expect.arrayContaining(['beam 0', 'greedy 0']));
  expect(segments.length).toBeGreaterThan(0);
});
