import { isAppError } from '../../contract/errors.ts';
import { isOfficeError } from '../contract/office-errors.ts';

/** What an error is, without its message: that of a library may quote what it was given. */
export function errorCode(error: unknown): string {
  if (isAppError(error) || isOfficeError(error)) return error.code;
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.name;
}

/** Whether an error is one that the office has a code for. */
export function isForeseen(error: unknown): boolean {
  return isAppError(error) || isOfficeError(error);
}

/** Where an error was made, in the program's own code: `at name (file:line:column)`. Its message, of however many lines, is left out. */
export function errorPlace(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return '';
  const frames = error.stack.slice(error.stack.indexOf(error.message) + error.message.length);
  return /^ {4}(at .+)$/m.exec(frames)?.[1] ?? '';
}
