import type { Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { heardSpeakers } from './speakers/heard-speakers.ts';
import { clusterLong, longClaims, longTable } from './speakers/long-clustering.ts';
import { joinOneReader } from './speakers/one-reader.ts';
import { recordingsWithSpeakers, speakersIn } from './speakers/referenced-recordings.ts';
import { SAMPLE_MODEL_PATH } from './voicesync.ts';
import { makeWorkFolder } from './work-folder.ts';

const TARGET_COST = 0.12;
const READER_MS = 3_600_000;

/**
 * What telling speakers apart costs in processor time, and how it does in long recordings: memory and time of the clustering of
 * ten hours, made of what was heard of the recording with the most speakers, and an hour of one reader, who must stay
 * one speaker.
 */
export async function benchLongSpeakers(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  // Who speaks does not depend on the words: the smallest model is the quickest.
  const heard = (path: string, speakers?: 'none') =>
    heardSpeakers(path, { ...settings, model: SAMPLE_MODEL_PATH }, speakers);
  const recordings = recordingsWithSpeakers();
  const [widest] = recordings.toSorted((a, b) => speakersIn(b.turns) - speakersIn(a.turns));
  if (widest === undefined) throw new Error('no recording tells who speaks');
  settings.tell(`10 hours of ${widest.name}`);
  const { parts, turns, audioMs, cpuMs } = await heard(widest.path);
  const long = await clusterLong(folder, { parts, speakers: speakersIn(turns) }, settings.seed);
  settings.tell(`${widest.name} with nobody told apart`);
  const cost = (cpuMs - (await heard(widest.path, 'none')).cpuMs) / audioMs;
  settings.tell('an hour of one reader');
  const reader = await joinOneReader(folder, recordings, { lengthMs: READER_MS, seed: settings.seed });
  const one = await heard(reader.path);
  const found = speakersIn(one.turns);
  return {
    title: 'Who speaks in long recordings',
    tables: [longTable(long)],
    notes: [
      `The clustering has what was heard of ${widest.name}, repeated, each voice a little different every time; its process does nothing else.`,
      `One reader: ${reader.reader}, ${Math.round(reader.differentMs / 1000)} s in different orders and at levels 12 dB apart, for an hour.`,
      `Cost: processor time of all processes for ${widest.name}, less what they take when nobody is told apart.`,
    ],
    claims: [
      {
        what: `processor time for telling speakers apart, of the length of ${widest.name}`,
        target: `under ${TARGET_COST}`,
        measured: cost.toFixed(3),
        isKept: cost < TARGET_COST,
      },
      ...longClaims(long),
      {
        what: 'speakers in an hour of one reader',
        target: '1',
        measured: String(found),
        isKept: found === 1,
      },
    ],
  };
}
