/**
 * Arguments with which a packaged app does not start: they disable its protections. Chromium accepts a switch after
 * one hyphen too and, on Windows, after a slash and in any case.
 */
const REFUSED =
  /^(--?|\/)((no|disable)(-[a-z]+)*-sandbox|disable-web-security|remote-debugging-[a-z-]+|inspect(-brk)?(-port)?)(=|$)/i;

/** The argument for which a packaged app must not start, or null. */
export function refusedArgument(isPackaged: boolean, argv: readonly string[]): string | null {
  return isPackaged ? (argv.find((argument) => REFUSED.test(argument)) ?? null) : null;
}
