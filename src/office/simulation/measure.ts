import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { makeOfficeKeys } from '../sealing/office-keys.ts';
import { Transcriber } from '../worker/transcriber.ts';
import type { MeasuredJob, MeasuredRound } from './measured-round.ts';
import { measuredRounds, ROUNDS_FILE } from './measured-times.ts';

// `npm run office:measure -- MODEL FOLDER`: one round of inference times, added to those that the simulation uses.

/** Linux reports clock ticks of 1/100 s, whatever the kernel's own clock. */
const MS_PER_TICK = 10;

const [model = '', folder = ''] = process.argv.slice(2);
try {
  const round = await measuredRound(model, folder);
  await writeFile(ROUNDS_FILE, `${JSON.stringify([...measuredRounds(), round], null, 1)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Starts a transcriber and gives it every recording of the folder, the shortest first. Throws the transcriber's errors. */
async function measuredRound(model: string, folder: string): Promise<MeasuredRound> {
  const files = (await readdir(folder))
    .filter((name) => /[.](wav|flac|ogg|mp3|m4a|opus)$/i.test(name))
    .sort();
  const load = () => Math.round((loadavg()[0] ?? 0) * 100) / 100;
  const loadAtStart = load();
  const transcriber = await Transcriber.open(model);
  // Counted from the start of the process.
  const startMs = Math.round(performance.now());
  try {
    const [shortest = ''] = files;
    const first = await measuredJob(transcriber, join(folder, shortest));
    const jobs: MeasuredJob[] = [];
    for (const name of files) {
      const job = await measuredJob(transcriber, join(folder, name));
      process.stdout.write(`${basename(model)}: ${name}: ${JSON.stringify(job)}\n`);
      jobs.push(job);
    }
    const machine = `${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}`;
    const day = new Date().toISOString().slice(0, 10);
    const loads: [number, number] = [loadAtStart, load()];
    return { day, machine, model: basename(model), loads, startMs, first, jobs };
  } finally {
    await transcriber.close();
  }
}

async function measuredJob(transcriber: Transcriber, file: string): Promise<MeasuredJob> {
  const bytes = await readFile(file);
  const manifest = {
    ...{ format: 2 as const, name: basename(file), language: 'auto' as const },
    recipients: [makeOfficeKeys().publicKey.toString('base64')],
  };
  const startedMs = performance.now();
  const cpuAtStart = cpuMs();
  const { figures } = await transcriber.transcribe(manifest, oneChunk(bytes), AbortSignal.timeout(3_600_000));
  const wallMs = Math.round(performance.now() - startedMs);
  return { seconds: figures.audioMs / 1000, wallMs, cpuMs: cpuMs() - cpuAtStart };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Processor time of this process, of its children, and of those that have ended: proc(5). */
function cpuMs(): number {
  const parents = new Map<number, number>();
  const ticks = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The second field is the program's name in brackets, which may contain spaces.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      parents.set(Number(name), fields[1] ?? 0);
      ticks.set(
        Number(name),
        fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0),
      );
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOwn = (pid: number): boolean => pid === process.pid || (pid > 1 && isOwn(parents.get(pid) ?? 0));
  return [...ticks].reduce((sum, [pid, own]) => (isOwn(pid) ? sum + own * MS_PER_TICK : sum), 0);
}
