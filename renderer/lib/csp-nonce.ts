/** The nonce of the page's content security policy, required on style elements made at run time. */
export function cspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/**
 * Sets the nonce for the libraries that make style elements. Radix's scroll lock asks the `get-nonce` package, which
 * reads this global; it must be set before the first dialog opens.
 */
export function provideCspNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: cspNonce() });
}
