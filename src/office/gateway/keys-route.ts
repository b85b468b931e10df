import { OfficeKeysAnswer } from '../contract/office-keys-api.ts';
import { fingerprintOfKeys } from '../sealing/key-fingerprint.ts';
import { type Route, route } from './routes.ts';

/** Tells a tenant's clients for whom they seal. */
export const KEYS_ROUTE: Route = route({
  method: 'GET',
  url: '/v1/keys',
  summary:
    'Get the public keys for which recordings are sealed: the workers’, and that of the tenant’s vault',
  scope: 'upload',
  answer: OfficeKeysAnswer,
  handle: async ({ services, tenantId }) => {
    const keys = { workers: services.workerKeys, vault: services.tenantKeys.vaultKey(tenantId) };
    return {
      workers: keys.workers.map(base64),
      vault: keys.vault === null ? null : base64(keys.vault),
      fingerprint: fingerprintOfKeys(keys),
    };
  },
});

function base64(key: Uint8Array): string {
  return Buffer.from(key).toString('base64');
}
