/** A stretch of time in which somebody speaks, in whole milliseconds. */
export interface Turn {
  readonly startMs: number;
  readonly endMs: number;
  readonly speaker: string;
}

/**
 * The turns of an RTTM file (NIST RT-09 evaluation plan, appendix A) in order of time: `SPEAKER file channel start
 * duration <NA> <NA> speaker …`, in seconds. Comments (`;;`) and lines of other types are passed over. Where the file tells of several
 * recordings, only lines of the one count with whose name `name` ends. Throws at a line that is no turn, and where no
 * line is of that recording.
 */
export function parseRttm(text: string, name: string): Turn[] {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ fields: line.trim().split(/\s+/), number: index + 1 }))
    .filter(({ fields }) => fields[0] === 'SPEAKER');
  const recordings = [...new Set(lines.map(({ fields }) => fields[1] ?? ''))];
  const own = recordings.length > 1 ? longestEnding(name, recordings) : recordings[0];
  if (own === undefined && lines.length > 0) throw new Error(`no line of the RTTM is of ${name}`);
  return lines
    .filter(({ fields }) => fields[1] === own)
    .map(turnOf)
    .toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}

function longestEnding(name: string, endings: readonly string[]): string | undefined {
  return endings.filter((ending) => name.endsWith(ending)).toSorted((a, b) => b.length - a.length)[0];
}

function turnOf({ fields, number }: { fields: readonly string[]; number: number }): Turn {
  const [, , , start, duration, , , speaker] = fields;
  const startMs = Math.round(Number(start) * 1000);
  const endMs = Math.round((Number(start) + Number(duration)) * 1000);
  if (speaker === undefined || !(startMs >= 0 && endMs >= startMs)) {
    throw new Error(`line ${number} of the RTTM is no turn`);
  }
  return { startMs, endMs, speaker };
}
