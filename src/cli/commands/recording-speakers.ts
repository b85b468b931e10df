import { type Command, Option } from 'commander';
import type { VaultApp } from '../../app/open-app.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import type { SpeakerCount, SpeakersView } from '../../contract/speakers.ts';
import {
  type ListingFlags,
  parseSpeakerNumber,
  parseSpeakersAtMost,
  type RequiredVaultFlags,
  withExamples,
  withJsonOption,
  withVaultOptions,
} from '../arguments/options.ts';
import type { RunCommand } from '../explain.ts';
import { speakersListing } from '../listings/recording-listings.ts';
import { wholePercent } from '../printed/quantities.ts';
import { table } from '../printed/table.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { headings } from '../texts.ts';

type SpeakersFlags = RequiredVaultFlags &
  ListingFlags & { readonly count?: number | 'auto'; readonly atMost?: number };

/** `voicesync recordings speakers`. */
export function addRecordingSpeakers(recordings: Command, run: RunCommand): void {
  const speakers = recordings
    .command('speakers <recording>')
    .description('Show who speaks in a recording and how long, or change how many speak')
    .addOption(
      new Option('--count <n|auto>', 'tell so many apart, from 1 to 20, or as many as are heard')
        .argParser(parseSpeakerNumber)
        .conflicts('atMost'),
    )
    .addOption(
      new Option('--at-most <n>', 'tell no more than so many apart, from 1 to 20').argParser(
        parseSpeakersAtMost('--at-most'),
      ),
    );
  withExamples(withJsonOption(withVaultOptions(speakers, 'required')), [
    ['recordings speakers 4f2a1c00 --vault ~/Vault'],
    ['recordings speakers 4f2a1c00 --count 3 --vault ~/Vault', 'tells them apart again, as three people'],
  ]);
  speakers.action((id: string, flags: SpeakersFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => tellSpeakers(terminal, app, id, flags))),
  );
}

async function tellSpeakers(
  terminal: Terminal,
  app: VaultApp,
  id: string,
  { count, atMost, json }: SpeakersFlags,
): Promise<ExitStatus> {
  const recording = await app.recordings.find(id);
  if (count !== undefined || atMost !== undefined) {
    await app.speakers.recount(recording.id, countOf(count, atMost));
  }
  const view = await app.speakers.overview(recording.id);
  if (json) terminal.printJson(speakersListing(view));
  else terminal.print(view.lanes.length === 0 ? terminal.say('nobodySpeaks') : speakerTable(view, terminal));
  return EXIT.done;
}

function countOf(count: number | 'auto' | undefined, atMost: number | undefined): SpeakerCount | null {
  if (atMost !== undefined) return { speakers: atMost, isLimit: true };
  return typeof count === 'number' ? { speakers: count, isLimit: false } : null;
}

function speakerTable({ lanes, recognised }: SpeakersView, { say, language }: Terminal): string {
  const total = lanes.reduce((sum, { talkMs }) => sum + talkMs, 0);
  return table(
    headings(say, ['speaker', 'talks', 'share', 'recognised']),
    lanes.map(({ speaker, talkMs }) => {
      const known = recognised.find((one) => one.speaker === speaker);
      return [
        speaker ?? say('nobodyKnown'),
        shortClockTime(talkMs),
        total === 0 ? '' : wholePercent(talkMs / total, language),
        known === undefined ? '' : say('recognised', { percent: wholePercent(known.certainty, language) }),
      ];
    }),
  );
}
