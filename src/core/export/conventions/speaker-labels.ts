import type { Conventions } from '../../../contract/export-style.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { readableText } from '../readable-text.ts';

/** What stands for the one who asks and the one who answers. */
export interface QuestionLabels {
  readonly question: string;
  readonly answer: string;
}

type Spoken = Pick<Segment, 'speaker' | 'text'>;

/** The label of each speaker, in order of their first words. */
export function speakerLabels(
  segments: readonly Spoken[],
  conventions: Conventions,
  labels: QuestionLabels,
): ReadonlyMap<string, string> {
  const names = [...new Set(segments.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))];
  switch (conventions.speakerLabels) {
    case 'names':
      return new Map(names.map((name) => [name, name]));
    case 'initials':
      return initialsOf(names);
    case 'questionAnswer': {
      const { questioner, witness } = examination(segments, names, conventions);
      const labelOf = (name: string) =>
        name === questioner ? labels.question : name === witness ? labels.answer : name;
      return new Map(names.map((name) => [name, labelOf(name)]));
    }
  }
}

/** The first letters of each name, `Speaker 1` as `S1`; those that would be alike get a number. */
function initialsOf(names: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  const labels = new Map<string, string>();
  for (const name of names) {
    const short = readableText(name)
      .split(/[\s.'’-]+/u)
      .map((part) => (/^\d+$/.test(part) ? part : ([...part][0] ?? '').toUpperCase()))
      .join('');
    const wanted = short === '' ? name : short;
    let label = wanted;
    for (let number = 2; taken.has(label); number++) label = `${wanted}-${number}`;
    taken.add(label);
    labels.set(name, label);
  }
  return labels;
}

/** Who asks: the one named, else who asks most by the question marks. Who answers: the one named, else who speaks next most often. */
function examination(
  segments: readonly Spoken[],
  names: readonly string[],
  { questioner, witness }: Conventions,
): { questioner: string | null; witness: string | null } {
  const named = (wanted: string | null) =>
    names.find((name) => wanted !== null && folded(name) === folded(wanted)) ?? null;
  const asks = segments.filter(({ text }) => /[?？؟]["'\p{Pf}\p{Pe}]*$/u.test(text));
  const answering = named(witness);
  const asking =
    named(questioner) ??
    mostFrequent(
      asks.map(({ speaker }) => speaker),
      answering,
    );
  if (asking === null) return { questioner: null, witness: answering };
  const next = segments.flatMap(({ speaker }, at) => (segments[at - 1]?.speaker === asking ? [speaker] : []));
  return { questioner: asking, witness: answering ?? mostFrequent(next, asking) };
}

function folded(name: string): string {
  return readableText(name).toLocaleLowerCase();
}

function mostFrequent(names: readonly (string | null)[], except: string | null): string | null {
  const counts = new Map<string, number>();
  for (const name of names) {
    if (name !== null && name !== except) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([, one], [, other]) => other - one);
  return first?.[0] ?? null;
}
