import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { deriveKey } from '../../core/vault/key-derivation.ts';

/** The bytes before a raw private key in PKCS #8 (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** Separates what is derived of a private key from all else. */
const DERIVATION_SALT = Buffer.from('voicesync office client 1');

/** A recipient's key pair. The private key is PKCS #8 in PEM, as `openssl genpkey -algorithm x25519` writes it. */
export interface OfficeKeyPair {
  readonly publicKey: Buffer;
  readonly privateKeyPem: string;
}

/** Makes a key pair for a worker, a client or the office's vault. */
export function makeOfficeKeys(): OfficeKeyPair {
  const { privateKey } = generateKeyPairSync('x25519');
  return {
    publicKey: rawPublicKey(privateKey),
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}

/** A private key from its PEM. Throws a TypeError unless it is one of X25519. */
export function privateKeyFromPem(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'x25519') throw new TypeError('an X25519 key is needed');
  return key;
}

/** A symmetric key of 32 bytes that only the owner of a private key can make; another for each purpose, which must never change. */
export function keyDerivedFrom(privateKey: KeyObject, purpose: string): Buffer {
  const { d = '' } = privateKey.export({ format: 'jwk' });
  const secret = Buffer.from(d, 'base64url');
  try {
    return deriveKey(secret, DERIVATION_SALT, Buffer.from(purpose));
  } finally {
    secret.fill(0);
  }
}

/** A private key from its 32 bytes. */
export function privateKeyFromBytes(bytes: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, bytes]), format: 'der', type: 'pkcs8' });
}

/** The 32 bytes of the public key that belongs to a private one. */
export function rawPublicKey(privateKey: KeyObject): Buffer {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url');
}

/** X25519 (RFC 7748): the secret that both sides share, 32 bytes. Throws where a public key of small order gives none. */
export function sharedSecret(privateKey: KeyObject, publicKey: Uint8Array): Buffer {
  const jwk = { kty: 'OKP', crv: 'X25519', x: Buffer.from(publicKey).toString('base64url') };
  return diffieHellman({ privateKey, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) });
}
