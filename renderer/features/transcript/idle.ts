/** Until the page has nothing else to do, half a second at most: a playing recording may leave it no rest for long. */
export function idle(): Promise<unknown> {
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: 500 }));
}
