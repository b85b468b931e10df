/** Arguments with which a packaged app does not start: they would switch its protections off. */
const REFUSED =
  /^--(no-sandbox|disable-web-security|remote-debugging-(port|pipe)|inspect(-brk)?(-port)?)(=|$)/;

/** The argument for which a packaged app must not start, or null. */
export function refusedArgument(isPackaged: boolean, argv: readonly string[]): string | null {
  return isPackaged ? (argv.find((argument) => REFUSED.test(argument)) ?? null) : null;
}
