import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { CoreEvent } from '../contract/events.ts';
import { z } from '../contract/schema.ts';
import { DoctorReport } from './listings/doctor-report.ts';
import { JobListing } from './listings/job-listing.ts';
import { CandidateListing, CertificateListing, PseudonymListing } from './listings/law-listings.ts';
import {
  CorrectionListing,
  DueListing,
  MatterListing,
  RetentionReport,
  VoiceListing,
} from './listings/matter-listings.ts';
import { ModelListing } from './listings/model-listing.ts';
import { PlaceListing } from './listings/place-listing.ts';
import { RecordingListing, SearchListing, SpeakersListing } from './listings/recording-listings.ts';
import { TrialListing } from './listings/trial-listing.ts';
import { VaultReport } from './listings/vault-report.ts';
import { commandLine } from './program.ts';
import { toldType } from './reporters/told-events.ts';
import { EXIT } from './terminal/exit-status.ts';
import { REPOSITORY } from './testing/cli-home.ts';

const PAGE = readFileSync(join(REPOSITORY, 'docs', 'command-line.md'), 'utf8');

function commandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(commandsOf)];
}

/** Field names of an object, nested ones included, except of failures and figures, which are documented once. */
function fieldsOf(schema: z.core.JSONSchema.BaseSchema): string[] {
  const inner = [schema.items, ...(schema.anyOf ?? [])].filter(
    (one) => typeof one === 'object' && !Array.isArray(one),
  );
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, value]) =>
    typeof value === 'boolean' || name === 'failure' || name === 'figures'
      ? [name]
      : [name, ...fieldsOf(value)],
  );
  return [...own, ...inner.flatMap((one) => fieldsOf(one as z.core.JSONSchema.BaseSchema))];
}

describe('docs/command-line.md', () => {
  it('names every command and every option', () => {
    for (const command of commandsOf(commandLine(process, async () => undefined)).slice(1)) {
      expect(PAGE).toMatch(new RegExp(`\\b${command.name()}\\b`));
      for (const { long } of command.options) expect(PAGE, command.name()).toContain(long ?? '');
    }
  });

  it('names every event with its fields', () => {
    for (const event of CoreEvent.options) {
      const { type, ...fields } = event.shape;
      const row =
        PAGE.split('\n').find((line) =>
          line.startsWith(`| \`${toldType([...type.values][0] ?? 'exported')}\` |`),
        ) ?? '';
      for (const field of Object.keys(fields)) expect(row, type.value).toContain(`\`${field}\``);
    }
  });

  it('names every field of every JSON list', () => {
    for (const [command, listing] of Object.entries({
      'recordings list': RecordingListing,
      'recordings search': SearchListing,
      'recordings speakers': SpeakersListing,
      'voices list': VoiceListing,
      'corrections list': CorrectionListing,
      'matters list': MatterListing,
      'matters retention': RetentionReport,
      'matters due': DueListing,
      'matters certificates': CertificateListing,
      'pseudonyms list': PseudonymListing,
      'pseudonyms find': CandidateListing,
      'queue list': JobListing,
      'models list': ModelListing,
      'models try': TrialListing,
      doctor: DoctorReport,
      'vault verify': VaultReport,
      'vault where': PlaceListing,
    })) {
      const row = PAGE.split('\n').find((line) => line.startsWith(`| \`${command}\` | \``)) ?? '';
      for (const field of fieldsOf(z.toJSONSchema(listing))) expect(row, command).toContain(`\`${field}\``);
    }
  });

  it('tells every exit status', () => {
    for (const status of Object.values(EXIT)) expect(PAGE).toContain(`| ${status} | `);
  });
});
