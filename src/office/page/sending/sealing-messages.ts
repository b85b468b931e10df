import type { UploadRequest } from '../../contract/office-api.ts';
import type { PageErrorCode } from '../page-errors.ts';

export type { SealingRequest } from './seal-recording.ts';

/** What the thread that seals tells the page. */
export type SealingAnswer =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'sealed'; readonly plan: UploadRequest }
  | { readonly type: 'failed'; readonly problem: PageErrorCode };
