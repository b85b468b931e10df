/** The colours' present values, since canvas knows neither CSS variables nor `light-dark()`. */
export function presentColours(element: HTMLElement, colours: readonly string[]): string[] {
  // An element for each: where movement is reduced, changing a colour begins a transition, and the first one would be read on.
  const probes = colours.map((colour) => {
    const probe = element.appendChild(document.createElement('span'));
    probe.style.color = colour;
    return probe;
  });
  const present = probes.map((probe) => getComputedStyle(probe).color);
  for (const probe of probes) probe.remove();
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
