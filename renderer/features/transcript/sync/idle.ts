/** Until the page has nothing else to do, half a second at most: a playing recording may leave it no rest for long. */
export function idle(): Promise<unknown> {
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: 500 }));
}

/** Until the page has drawn what is due, and taken what the user has done meanwhile. */
export function nextTask(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve));
}
