/** The colours' present values, since canvas knows neither CSS variables nor `light-dark()`. */
export function presentColours(element: HTMLElement, colours: readonly string[]): string[] {
  const probe = element.appendChild(document.createElement('span'));
  const present = colours.map((colour) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return present;
}

/** Calls `changed` whenever the theme changes, until the returned function is called. */
export function watchTheme(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const theme = new MutationObserver(changed);
  dark.addEventListener('change', changed);
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    dark.removeEventListener('change', changed);
    theme.disconnect();
  };
}
