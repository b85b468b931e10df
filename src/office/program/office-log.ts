import { isAppError } from '../../contract/errors.ts';
import { isOfficeError } from '../contract/office-errors.ts';

/** Lines of the office's programs: JSON, one for each event, without anything of a recording. */
export interface OfficeLog {
  info(event: string, facts?: Facts): void;
  warn(event: string, error: unknown): void;
  error(event: string, error: unknown): void;
}

/** Numbers, states and ids. */
type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Writes lines of one program to a stream. */
export function officeLog(program: string, write: (line: string) => void): OfficeLog {
  const line = (level: string, event: string, facts: Facts) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, program, event, ...facts })}\n`);
  return {
    info: (event, facts = {}) => line('info', event, facts),
    warn: (event, error) => line('warn', event, errorFacts(error)),
    error: (event, error) => line('error', event, errorFacts(error)),
  };
}

/** What an error is, without its message: that of a library may quote what it was given. */
function errorFacts(error: unknown): Facts {
  if (isAppError(error) || isOfficeError(error)) return { code: error.code };
  if (!(error instanceof Error)) return { code: 'unknown' };
  const place = error.stack?.split('\n')[1]?.trim() ?? '';
  return { code: 'code' in error ? String(error.code) : error.name, place };
}
