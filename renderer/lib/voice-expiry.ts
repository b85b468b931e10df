/** How long a voice may be kept, in months; null: as long as its matter is there. The first is the usual one. */
export const KEEPING_MONTHS = [12, 3, 60, null] as const;

/** The end of the day so many months from a time, in milliseconds since 1970; a month without that day ends earlier. */
export function endAfterMonths(fromMs: number, months: number): number {
  const from = new Date(fromMs);
  const end = new Date(from.getFullYear(), from.getMonth() + months, 1);
  const lastDay = new Date(end.getFullYear(), end.getMonth() + 1, 0).getDate();
  return new Date(end.getFullYear(), end.getMonth(), Math.min(from.getDate(), lastDay) + 1).getTime();
}
