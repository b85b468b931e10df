import { createHash } from 'node:crypto';

/** The content security policy of an exported page: nothing but these styles, which stand in the page, has an effect. */
export function policyFor(styles: string): string {
  const hash = createHash('sha256').update(styles).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
