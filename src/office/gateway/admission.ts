import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TokenScope } from '../contract/office-api.ts';
import type { Principal } from './access-tokens.ts';
import { nowOf, type OfficeServices } from './office-services.ts';
import { Principals } from './principals.ts';
import { rateLimits } from './rate-limits.ts';

/** Who may ask for something, before anything else of a request is looked at. */
export interface Admission {
  /** Lets a request in. Throws what `Principals.of` does, and `request.tooMany`. */
  admit(request: FastifyRequest, scope: TokenScope): Promise<void>;
  /** Who made a request that was let in. */
  of(request: FastifyRequest): Principal;
  /** Throws once whoever has this `authorization` header would be refused. */
  confirm(authorization: string, scope: TokenScope): Promise<void>;
}

/** Makes what lets requests in to a gateway. */
export async function openAdmission(app: FastifyInstance, services: OfficeServices): Promise<Admission> {
  const principals = new Principals({ ...services, now: () => nowOf(services) });
  const admitted = new WeakMap<FastifyRequest, Principal>();
  const of = (request: FastifyRequest) => {
    const principal = admitted.get(request);
    if (principal === undefined) throw new Error('a request of nobody');
    return principal;
  };
  const limit = await rateLimits(app, services.tenants, of);
  return {
    of,
    admit: async (request, scope) => {
      admitted.set(request, await principals.of(request.headers.authorization, scope));
      await limit(request);
    },
    confirm: async (authorization, scope) => void (await principals.of(authorization, scope)),
  };
}
