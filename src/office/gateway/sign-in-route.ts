import type { FastifyInstance } from 'fastify';
import { SignIn } from '../contract/administration-api.ts';
import { OfficeFailure } from '../contract/office-errors.ts';
import type { OfficeServices } from './office-services.ts';

/** Tells pages how users sign in. It needs no token, and tells nothing of any tenant. */
export function addSignInRoute(app: FastifyInstance, { identityProvider }: OfficeServices): void {
  const schema = { summary: 'Ask how users sign in', response: { 200: SignIn, default: OfficeFailure } };
  app.get('/v1/sign-in', { schema }, async (_, reply) => {
    reply.header('cache-control', 'no-store');
    return { oidc: (await identityProvider?.signIn()) ?? null };
  });
}
