import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PART_MS } from '../../src/contract/audio.ts';
import { type PartVoices, packPartVoices } from '../../src/core/speakers/part-voices.ts';
import type { Claim, Table } from '../report.ts';
import { runSuccessfully } from '../run-process.ts';
import type { WorkFolder } from '../work-folder.ts';

/** The parts of a recording, each packed and in base64, for the process that clusters. */
export type PackedParts = readonly string[];

/** What that process prints. */
export interface ClusteringResult {
  readonly pieces: number;
  readonly speakers: number;
  readonly turns: number;
  readonly cpuMs: number;
  /** Resident memory of the process in bytes, with all parts and before the clustering, and its peak. */
  readonly memoryBefore: number;
  readonly peakMemory: number;
}

/** The clustering of recordings of different lengths. */
export interface LongClustering {
  readonly speakers: number;
  readonly runs: readonly (ClusteringResult & { readonly hours: number })[];
}

const HOURS = [1.25, 2.5, 5, 10];
const TARGET_BYTES = 1_500_000_000;
/** Twice the length may take so many times as long: garbage and caches cost a little more in the longer one. */
const TARGET_GROWTH = 2.5;
const RUN = join(import.meta.dirname, 'clustering-run.ts');

/** Clusters what was heard of a recording, repeated to ten hours and less, each in a process of its own. */
export async function clusterLong(
  folder: WorkFolder,
  heard: { readonly parts: readonly PartVoices[]; readonly speakers: number },
  seed: number,
): Promise<LongClustering> {
  const file = join(folder.path, 'parts.json');
  const packed: PackedParts = heard.parts.map((part) => Buffer.from(packPartVoices(part)).toString('base64'));
  writeFileSync(file, JSON.stringify(packed));
  const runs: (ClusteringResult & { hours: number })[] = [];
  for (const hours of HOURS) {
    const parts = Math.round((hours * 3_600_000) / PART_MS);
    const { stdout } = await runSuccessfully(process.execPath, [RUN, file, String(parts), String(seed)]);
    runs.push({ ...(JSON.parse(stdout) as ClusteringResult), hours });
  }
  return { speakers: heard.speakers, runs };
}

/** The figures in rows. */
export function longTable({ runs }: LongClustering): Table {
  return {
    title: 'Clustering of long recordings: seconds of one thread, and the most memory that its process held',
    header: ['hours', 'pieces', 'speakers', 'seconds', 'MB', 'of that its input and Node'],
    rows: runs.map((run) => [
      ...[String(run.hours), String(run.pieces), String(run.speakers), (run.cpuMs / 1000).toFixed(1)],
      ...[megabytes(run.peakMemory), megabytes(run.memoryBefore)],
    ]),
  };
}

/** What is promised of ten hours. */
export function longClaims({ speakers, runs }: LongClustering): Claim[] {
  const [half, whole] = runs.slice(-2);
  if (half === undefined || whole === undefined) return [];
  const growth = whole.cpuMs / half.cpuMs;
  return [
    {
      what: `clustering of ${whole.hours} hours: memory of its process`,
      target: `at most ${megabytes(TARGET_BYTES)} MB`,
      measured: `${megabytes(whole.peakMemory)} MB`,
      isKept: whole.peakMemory <= TARGET_BYTES,
    },
    {
      what: `its processor time, of that of ${half.hours} hours`,
      target: `at most ${TARGET_GROWTH} times`,
      measured: growth.toFixed(2),
      isKept: growth <= TARGET_GROWTH,
    },
    {
      what: 'its speakers',
      target: String(speakers),
      measured: String(whole.speakers),
      isKept: whole.speakers === speakers,
    },
  ];
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
