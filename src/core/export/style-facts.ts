import { clockTime } from '../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import type { ExportTexts } from './export-texts.ts';
import type { Fact, FactGroup } from './fact-groups.ts';
import { readableText } from './readable-text.ts';

/** How a text was written by conventions; none for one that is as it is stored. */
export function writingFacts({ writing }: TranscriptDocument, { documents, formats }: ExportTexts): Fact[] {
  if (writing === undefined) return [];
  const { conventions, leftOutWords } = writing;
  const seconds = new Intl.NumberFormat(formats).format((conventions.pausesFromMs ?? 0) / 1000);
  const notation = [
    ...(conventions.pausesFromMs === null ? [] : [documents('pausesFrom', { seconds })]),
    ...(conventions.overlaps ? [documents('overlapsMarked')] : []),
    ...(conventions.speakerLabels === 'initials' ? [documents('initials')] : []),
  ];
  return [
    {
      label: documents('wording'),
      value:
        leftOutWords === null
          ? documents('wordingVerbatim')
          : documents('wordingClean', { count: leftOutWords }),
    },
    ...(notation.length === 0 ? [] : [{ label: documents('notation'), value: notation.join('; ') }]),
  ];
}

/** Who is Q and who is A, for whoever does not know them: `Q: Ana Ríos`. */
export function examinationFacts({ writing }: TranscriptDocument, { documents }: ExportTexts): string[] {
  const { questioner = null, witness = null } = writing?.examination ?? {};
  return [
    ...(questioner === null ? [] : [`${documents('questionLabel')}: ${readableText(questioner)}`]),
    ...(witness === null ? [] : [`${documents('answerLabel')}: ${readableText(witness)}`]),
  ];
}

/** The matter with its case number; none without a case number, since a matter's name may be private. */
export function matterGroup({ matter }: TranscriptDocument, { documents }: ExportTexts): FactGroup[] {
  const caseNumber = readableText(matter?.caseNumber ?? '');
  if (matter === undefined || matter === null || caseNumber === '') return [];
  return [
    {
      heading: documents('matter'),
      facts: [
        { label: documents('matter'), value: readableText(matter.name) },
        { label: documents('caseNumber'), value: caseNumber },
      ],
    },
  ];
}

/** Every edit with its time, its place and both sides, if they were asked for. */
export function editGroup({ edits }: TranscriptDocument, { documents, formats }: ExportTexts): FactGroup[] {
  if (edits === undefined) return [];
  const date = new Intl.DateTimeFormat(formats, { dateStyle: 'short', timeStyle: 'medium' });
  const side = (text: string) => readableText(text) || documents('nothing');
  const facts = edits.map(({ atMs, startMs, before, after }): Fact => {
    const isSame = before === after;
    return {
      label: `${date.format(atMs)}, ${clockTime(startMs)}`,
      value: isSame
        ? documents('sameText', { text: side(after) })
        : documents('edit', { before: side(before), after: side(after) }),
    };
  });
  const none: Fact = { label: documents('edits'), value: documents('noEdits') };
  return [{ heading: documents('edits'), facts: facts.length === 0 ? [none] : facts }];
}
