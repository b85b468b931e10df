import { type Command, Option } from 'commander';
import {
  COURT_MEASURES,
  Conventions,
  CourtProfile,
  type ExportStyle,
  STYLE_LIMITS,
  type TemplateChoice,
  USUAL_STYLE,
} from '../../contract/export-style.ts';
import { parseCount, parseSeconds } from './format-flags.ts';
import { UsageProblem } from './usage-problem.ts';

/** A template: a court's pages, or a Word file by its path. */
type NamedTemplate = { readonly profile: CourtProfile } | { readonly file: string };

/** Flags of how files are written; times in milliseconds. */
export interface StyleFlags {
  readonly template?: NamedTemplate;
  readonly linesPerPage?: number;
  readonly charactersPerLine?: number;
  readonly clean?: boolean;
  readonly pauses?: number;
  readonly overlaps?: boolean;
  readonly speakerLabels?: Conventions['speakerLabels'];
  readonly questioner?: string;
  readonly witness?: string;
  readonly editLog?: boolean;
}

/** Adds the options of how files are written. */
export function withStyleOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--template <name|file>',
        `put TXT and DOCX on the numbered pages of a court (${CourtProfile.options.join(', ')}), or DOCX into a Word template (.dotx, .docx)`,
      ).argParser(parseTemplate),
    )
    .addOption(
      new Option('--lines-per-page <n>', 'numbered lines on a court’s page').argParser((value) =>
        parseCount(value, '--lines-per-page', STYLE_LIMITS.lines),
      ),
    )
    .addOption(
      new Option('--characters-per-line <n>', 'characters in a line of a court’s page').argParser((value) =>
        parseCount(value, '--characters-per-line', STYLE_LIMITS.columns),
      ),
    )
    .option('--clean', 'leave out filler words and immediate repetitions; the file says so')
    .addOption(
      new Option('--pauses <seconds>', 'write pauses of this length or longer, (1.5)').argParser((value) =>
        parseSeconds(value, '--pauses', STYLE_LIMITS.pausesFromMs),
      ),
    )
    .option('--overlaps', 'put words said while another speaker talks in [brackets]')
    .addOption(
      new Option('--speaker-labels <how>', 'what speakers are called by').choices(
        Conventions.shape.speakerLabels.options,
      ),
    )
    .option('--questioner <name>', 'the speaker who asks, with --speaker-labels questionAnswer')
    .option('--witness <name>', 'the speaker who answers, with --speaker-labels questionAnswer')
    .option('--edit-log', 'list every correction in the provenance')
    .hook('preAction', (_this, action) => assertTogether(action.opts<StyleFlags>()));
}

/** The style that flags ask for; undefined for the usual one. The layout of a Word template is added once it was read. */
export function styleFrom(flags: StyleFlags): ExportStyle | undefined {
  const { clean = false, pauses, overlaps = false, speakerLabels, editLog = false } = flags;
  const template = courtTemplate(flags);
  const isUsual = template.kind === 'usual' && pauses === undefined && speakerLabels === undefined;
  if (isUsual && !clean && !overlaps && !editLog) return undefined;
  return {
    conventions: {
      ...USUAL_STYLE.conventions,
      wording: clean ? 'clean' : 'verbatim',
      speakerLabels: speakerLabels ?? 'names',
      questioner: flags.questioner ?? null,
      witness: flags.witness ?? null,
      pausesFromMs: pauses ?? null,
      overlaps,
    },
    template,
    editLog,
  };
}

function courtTemplate({ template, linesPerPage, charactersPerLine }: StyleFlags): TemplateChoice {
  if (template === undefined || 'file' in template) return USUAL_STYLE.template;
  const { profile } = template;
  const { lines, columns } = COURT_MEASURES[profile];
  return { kind: 'court', profile, lines: linesPerPage ?? lines, columns: charactersPerLine ?? columns };
}

function parseTemplate(value: string): NamedTemplate {
  const profile = CourtProfile.safeParse(value);
  if (profile.success) return { profile: profile.data };
  if (/\.(dotx|docx)$/i.test(value)) return { file: value };
  const names = CourtProfile.options.join(', ');
  throw new UsageProblem(({ say }) => say('usage.template', { names }));
}

/** Options that mean nothing without another. */
function assertTogether(flags: StyleFlags): void {
  const { template, speakerLabels } = flags;
  const isCourt = template !== undefined && 'profile' in template;
  const courts = `--template ${CourtProfile.options.join('|')}`;
  const examination = '--speaker-labels questionAnswer';
  const isExamination = speakerLabels === 'questionAnswer';
  const needs = [
    { flag: flags.linesPerPage, option: '--lines-per-page', isMet: isCourt, needed: courts },
    { flag: flags.charactersPerLine, option: '--characters-per-line', isMet: isCourt, needed: courts },
    { flag: flags.questioner, option: '--questioner', isMet: isExamination, needed: examination },
    { flag: flags.witness, option: '--witness', isMet: isExamination, needed: examination },
  ];
  const unmet = needs.find(({ flag, isMet }) => flag !== undefined && !isMet);
  if (unmet === undefined) return;
  const { option, needed } = unmet;
  throw new UsageProblem(({ say }) => say('usage.needs', { option, needed }));
}
