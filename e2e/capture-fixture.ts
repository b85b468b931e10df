import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeMicrophone, sampleFile } from './microphone.ts';
import { RecordPage } from './pages/record-page.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { soundOf } from './recordings.ts';
import { test as inVault } from './vault-fixture.ts';

/** Seconds of speech that the microphone hears, and what is said in them. */
export const SECONDS = 12.5;
export const SPOKEN = `Thank you for calling. This is Dave speaking. How can I help you? Hi Dave. I filled out an auto application
  last night, and at the last page it says to call and give more information.`;

interface CaptureFixtures {
  /** The file that the microphone hears, from its beginning whenever it is opened. */
  speech: string;
  record: RecordPage;
  transcript: TranscriptPage;
}

/** Specs with a microphone that hears real people. */
export const test = inVault.extend<CaptureFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  speech: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'vs-mic-'));
    await use(soundOf(sampleFile('interview-en.m4a'), SECONDS, 48_000, join(folder, 'speech.wav')));
    await rm(folder, { recursive: true, force: true });
  },
  start: async ({ speech }, use) => use({ args: fakeMicrophone(speech) }),
  copiedVault: async ({ copiedVault }, use) => {
    // The bundled model is the one that knows real speech.
    await rm(join(copiedVault.home, 'models'), { recursive: true, force: true });
    await use(copiedVault);
  },
  record: async ({ app }, use) => use(new RecordPage(app)),
  transcript: async ({ app }, use) => use(new TranscriptPage(app)),
});

export { expect } from './vault-fixture.ts';
