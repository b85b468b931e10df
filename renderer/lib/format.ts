import type { Locale } from '../../src/contract/locale.ts';

/** A duration: `4:07`, `1:02:33`. */
export function clockLength(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** A time of day: `14:32`, `2:32 PM`, with the day unless it is today. */
export function clockTime(timeMs: number, nowMs: number, language: Locale): string {
  const isToday = new Date(timeMs).toDateString() === new Date(nowMs).toDateString();
  return new Intl.DateTimeFormat(language, {
    hour: 'numeric',
    minute: '2-digit',
    ...(isToday ? {} : { weekday: 'short' }),
  }).format(timeMs);
}

/** A day in a list: the time for today, else day and month, with the year if different. */
export function listDate(timeMs: number, nowMs: number, language: Locale): string {
  const date = new Date(timeMs);
  const now = new Date(nowMs);
  if (date.toDateString() === now.toDateString()) return clockTime(timeMs, nowMs, language);
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
  }).format(date);
}

/** A moment within a sentence: `14 Nov, 10:12`, with the year if different. */
export function moment(timeMs: number, nowMs: number, language: Locale): string {
  const isThisYear = new Date(timeMs).getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(timeMs);
}

/** A day: `30 Nov 2026`. */
export function wholeDay(timeMs: number, language: Locale): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(timeMs);
}

/** A day with its time: `30 Nov 2026, 10:12`. */
export function wholeMoment(timeMs: number, language: Locale): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(timeMs);
}

/** A date in full, for tooltips and labels. */
export function fullDate(timeMs: number, language: Locale): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' }).format(timeMs);
}

/** A percentage: `86 %` in the language's format. */
export function percentage(share: number, language: Locale): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}
