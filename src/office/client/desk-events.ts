import type { ErrorCode } from '../../contract/errors.ts';
import type { OfficeErrorCode } from '../contract/office-errors.ts';

/** Why a recording has no text. */
export type SendingFailure = ErrorCode | OfficeErrorCode | 'cancelled';

/** What a client tells the person who runs it: names of files, for the screen alone. */
export type DeskEvent =
  | {
      readonly type: 'sent' | 'alreadySent' | 'joined' | 'nothingToTranscribe';
      readonly name: string;
    }
  | { readonly type: 'written'; readonly name: string; readonly file: string }
  | { readonly type: 'packed'; readonly recordings: number; readonly file: string }
  /** The office has ended a job without a text, or a file cannot be sent. */
  | { readonly type: 'failed'; readonly name: string; readonly code: SendingFailure }
  | { readonly type: 'problem'; readonly name: string; readonly error: unknown };

/** Listens to a client. */
export type DeskListener = (event: DeskEvent) => void;
