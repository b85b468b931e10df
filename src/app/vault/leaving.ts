import type { AppError } from '../../contract/errors.ts';
import { asAppError } from '../../core/system-errors.ts';
import type { UnsavedTyping } from '../transcripts/unsaved-typing.ts';

/** The user's choices for typing that would be lost: `elsewhere` writes it to a readable file, `stay` does nothing. */
export type LeavingAnswer = 'again' | 'elsewhere' | 'lose' | 'stay';

/** How the user is asked. */
export interface LeavingParts {
  /** Asks; `problem` is why saving elsewhere has just failed. */
  readonly ask: (
    unsaved: NonNullable<UnsavedTyping['count']>,
    problem: AppError | null,
  ) => Promise<LeavingAnswer>;
  /** Writes everything unsaved to a file that the user chooses; false if they chose none. */
  readonly saveElsewhere: () => Promise<boolean>;
}

/**
 * Stores unsaved typing; if that fails, asks until it is stored, saved elsewhere or discarded. Returns
 * whether to lock or quit.
 */
export async function mayLeave(unsaved: UnsavedTyping, parts: LeavingParts): Promise<boolean> {
  let problem: AppError | null = null;
  for (;;) {
    await unsaved.store();
    const { count } = unsaved;
    if (count === null) return true;
    const answer = await parts.ask(count, problem);
    problem = null;
    if (answer === 'stay') return false;
    if (answer === 'elsewhere') {
      const saved = await parts.saveElsewhere().catch((error: unknown) => {
        problem = asAppError(error);
        return false;
      });
      if (!saved) continue;
    }
    if (answer !== 'again') {
      unsaved.forget();
      return true;
    }
  }
}
