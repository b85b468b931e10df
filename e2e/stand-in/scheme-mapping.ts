/**
 * Chromium cannot register a scheme from outside. A URL of the app's own scheme therefore becomes one of
 * `https`, on a host that names both: `app://bundle/index.html` is `https://bundle.app.electron.test/index.html`.
 * No such request ever reaches a network: each is intercepted.
 */
const SUFFIX = '.electron.test';

/** Maps a URL of the app to Chromium's. Other schemes stay as they are. */
export function toChromium(url: string): string {
  const match =
    /^(?!https?:|about:|data:|blob:|file:|devtools:|javascript:)([a-z][a-z0-9+-]*):\/\/([^/?#]*)(.*)$/is.exec(
      url,
    );
  return match ? `https://${match[2]}.${match[1]}${SUFFIX}${match[3] || '/'}` : url;
}

/** Maps a URL of Chromium back to the app's. */
export function toApp(url: string): string {
  const match = /^(blob:)?https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.electron\.test(.*)$/is.exec(url);
  return match ? `${match[1] ?? ''}${match[3]}://${match[2]}${match[4]}` : url;
}

/** The scheme of an app's URL, without its colon. */
export const schemeOf = (url: string): string => url.slice(0, url.indexOf(':'));

/** A content security policy for Chromium: sources of the app's `schemes` become `https`. */
export function policyToChromium(policy: string, schemes: readonly string[]): string {
  return schemes.reduce(
    (mapped, scheme) =>
      mapped
        .replaceAll(new RegExp(`\\b${scheme}://([\\w.-]+)`, 'g'), `https://$1.${scheme}${SUFFIX}`)
        .replaceAll(new RegExp(`\\b${scheme}:(?!//)`, 'g'), 'https:'),
    policy,
  );
}
