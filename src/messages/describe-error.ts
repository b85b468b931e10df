import type { ErrorCode, ErrorDetails } from '../contract/errors.ts';
import type { Locale } from '../contract/locale.ts';
import { showable } from '../contract/untrusted-text.ts';
import { codingName } from './assumed-reading.ts';
import { errorTexts } from './shared-texts.ts';
import type { TextByKey } from './texts.ts';

/** An error's message: what happened, and what to do. Whole sentences, no line breaks. */
interface ErrorDescription {
  readonly what: string;
  readonly todo: string;
}

/** Values for the texts of an error, and the variant to use. */
interface Wording {
  readonly values: object;
  readonly variant?: string | undefined;
}

/** The errors whose sentences need more than their details, or have variants. */
const SPECIAL: {
  readonly [C in ErrorCode]?: (details: ErrorDetails<C>, texts: TextByKey, locale: Locale) => Wording;
} = {
  'media.noDecoder': ({ file, coding }, _, locale) => ({
    values: { file, coding: codingName(coding, locale) },
  }),
  'media.noSuchTrack': (details) => ({
    values: details,
    variant: details.tracks.length === 0 ? 'none' : undefined,
  }),
  'model.notFound': (details) => ({
    values: details,
    variant: details.known.length === 0 ? 'none' : undefined,
  }),
  'disk.full': (details) => ({ values: details, variant: knownRoom(details) }),
  'vault.waitBeforeTrying': ({ waitMs }) => ({ values: { waitMs: Math.max(1000, waitMs) } }),
  'job.wrongState': ({ state, action }, texts) => ({
    values: {
      state: texts([`states.${state}`, 'states.unknown'], { word: state }),
      action: texts([`actions.${action}`, 'actions.unknown'], { word: action }),
    },
  }),
};

/**
 * The message of an error, from its code and details: an `AppError`, or a `Failure` that crossed a process boundary. It
 * may hold file names: for the screen, never for a log.
 */
export function describeError<C extends ErrorCode>(
  error: { readonly code: C; readonly details: ErrorDetails<C> },
  locale: Locale,
): ErrorDescription {
  const texts = errorTexts(locale);
  const special = SPECIAL[error.code];
  const { values, variant }: Wording =
    special === undefined ? { values: error.details } : special(error.details, texts, locale);
  const options = { replace: shown(values), context: variant };
  return { what: texts(`${error.code}.what`, options), todo: texts(`${error.code}.todo`, options) };
}

/** The values, with every name sanitised for display. */
function shown(values: object): object {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shownValue(value)]));
}

function shownValue(value: unknown): unknown {
  if (typeof value === 'string') return showable(value);
  return Array.isArray(value) ? value.map(shownValue) : value;
}

function knownRoom({ neededBytes, freeBytes }: ErrorDetails<'disk.full'>): string | undefined {
  if (neededBytes === null) return freeBytes === null ? undefined : 'free';
  return freeBytes === null ? 'needed' : 'both';
}
