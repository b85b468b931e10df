import type { AppError } from '../../contract/errors.ts';
import { asAppError } from '../../core/system-errors.ts';
import type { UnsavedTyping } from '../transcripts/unsaved-typing.ts';

/** What the user can say to typing that would be lost: `elsewhere` writes it into a readable file, `stay` does nothing. */
export type LeavingAnswer = 'again' | 'elsewhere' | 'lose' | 'stay';

/** How the user is asked. */
export interface LeavingParts {
  /** Asks; `problem` is why saving elsewhere has just failed. */
  readonly ask: (
    unsaved: NonNullable<UnsavedTyping['count']>,
    problem: AppError | null,
  ) => Promise<LeavingAnswer>;
  /** Writes everything unsaved where the user chooses; false where they chose nothing. */
  readonly saveElsewhere: () => Promise<boolean>;
}

/**
 * Stores what was typed and is unsaved; where that cannot be, asks until it is stored, saved elsewhere or given up. Gives
 * whether to leave: to lock, or to quit.
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
