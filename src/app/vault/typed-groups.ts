import { AppError } from '../../contract/errors.ts';
import { meantDigits } from '../../core/vault/recovery-key.ts';

/** One group of a recovery key as the user typed it back; `index` counts from 0. */
export interface TypedGroup {
  readonly index: number;
  readonly text: string;
}

/**
 * Throws `vault.recoveryKeyMistyped`, with the number of the first wrong group counted from 1, unless two different groups
 * are those of the key. Case, whitespace and characters mistaken for digits do not matter.
 */
export function assertTypedBack(recoveryKey: string, typed: readonly TypedGroup[]): void {
  const [first, second] = typed;
  if (first === undefined || second === undefined || first.index === second.index) {
    throw new AppError('usage.invalid', { problem: 'groups' });
  }
  for (const group of typed) {
    if (!isTypedBack(recoveryKey, group))
      throw new AppError('vault.recoveryKeyMistyped', { group: group.index + 1 });
  }
}

/** Whether a group is that of the key. Case, whitespace and characters mistaken for digits do not matter. */
export function isTypedBack(recoveryKey: string, { index, text }: TypedGroup): boolean {
  return recoveryKey.split('-')[index] === meantDigits(text.replace(/[\s-]/g, ''));
}
