import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../../..');

/** A sentence of a fixture, in seconds, as in `references.json`. */
export interface ReferenceSegment {
  readonly start: number;
  readonly end: number;
  readonly speaker: number;
  readonly language: string;
  readonly text: string;
}

/** The sentences spoken in a fixture. */
export function referenceSegments(name: string): ReferenceSegment[] {
  const references: Record<string, { segments: ReferenceSegment[] }> = JSON.parse(
    readFileSync(join(ROOT, 'e2e/fixtures/references.json'), 'utf8'),
  );
  const found = references[name];
  if (found === undefined) throw new Error(`No reference for ${name}.`);
  return found.segments;
}

/** A deterministic source of Gaussian noise of standard deviation 1. */
export function noiseSource(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / (2 ** 32 + 1);
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
