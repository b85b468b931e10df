import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fetchResult, sendRecording, waitForJob } from '../client/send-recording.ts';
import { LocalOffice } from './local-office.ts';

// `npm run office:demo`: an office on this machine transcribes the samples, and says where to look. With `-- --stay` it goes on until it is
// interrupted, so that its page for browsers can be tried.

const ROOT = join(import.meta.dirname, '../../..');
const SAMPLES = join(ROOT, 'resources/samples');
const MODEL = join(ROOT, 'resources/models/ggml-base-q8_0.bin');
const RESULTS = join(process.cwd(), 'office-demo');

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  say('Starting Redis, the S3 test store, the gateway and two workers …');
  await using office = await LocalOffice.start({ model: MODEL, workers: 2, leaseMs: 30_000 });
  say(`Gateway: ${office.address} (its routes: ${office.address}/v1/openapi.json)`);
  say(`Store: ${office.store.place.endpoint}, its objects: ${office.store.folder}`);
  say(`Logs: ${office.folder}`);
  await mkdir(RESULTS, { recursive: true });
  const samples = (await readdir(SAMPLES)).filter((name) => !name.endsWith('.md'));
  await Promise.all(samples.map((name) => transcribed(office, join(SAMPLES, name))));
  say(`\nThe transcripts: ${RESULTS}`);
  if (process.argv.includes('--stay')) {
    say(`The page for browsers: ${office.address}, with the access token ${office.token}`);
    say('Ctrl+C ends the office.');
    await once(process, 'SIGINT');
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function transcribed(office: LocalOffice, file: string): Promise<void> {
  const name = basename(file);
  const jobId = await sendRecording(office.client, file, office.sending('auto'));
  say(`${name}: sealed and sent, job ${jobId}`);
  const job = await waitForJob(office.client, jobId, 500);
  if (job.state !== 'done')
    throw new Error(`${name}: ${job.state}, ${job.failureCode ?? 'without a reason'}`);
  const text = await fetchResult(office.client, jobId, office.privateKey);
  await writeFile(join(RESULTS, `${name}.json`), text);
  const segments = (JSON.parse(Buffer.from(text).toString('utf8')) as { segments: { text: string }[] })
    .segments;
  const took = ((job.finishedAtMs ?? 0) - (job.startedAtMs ?? 0)) / 1000;
  say(`${name}: done in ${took.toFixed(1)} s, opened: “${segments[0]?.text ?? ''} …”`);
}
