/** Until the page is idle, half a second at most: during playback it may rarely be. */
export function idle(): Promise<unknown> {
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: 500 }));
}

/** Until the page has drawn what is due, and handled pending input. */
export function nextTask(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve));
}
