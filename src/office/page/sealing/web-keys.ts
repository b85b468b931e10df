import { X25519_BYTES } from '../../sealing/envelope-layout.ts';

/** Bytes that WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A key pair of X25519. Its private key is used by WebCrypto and is told to nobody, not to the page either. */
export interface WebKeys {
  readonly publicKey: Bytes;
  readonly privateKey: CryptoKey;
}

/** Makes a key pair whose private key cannot be exported. */
export async function makeWebKeys(): Promise<WebKeys> {
  const pair = await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']);
  if (!('privateKey' in pair)) throw new TypeError('X25519 makes a key pair');
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    privateKey: pair.privateKey,
  };
}

/** X25519 (RFC 7748): the secret that both sides share. Rejects where a public key of small order gives none. */
export async function sharedBits(privateKey: CryptoKey, publicKey: Bytes): Promise<Bytes> {
  const other = await crypto.subtle.importKey('raw', publicKey, { name: 'X25519' }, false, []);
  const secret = await crypto.subtle.deriveBits(
    { name: 'X25519', public: other },
    privateKey,
    8 * X25519_BYTES,
  );
  return new Uint8Array(secret);
}

/** HKDF-SHA-256 (RFC 5869): so many bytes. */
export async function derivedBytes(
  secret: Bytes,
  salt: Bytes,
  info: Bytes,
  lengthBytes: number,
): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 8 * lengthBytes));
}

/** A key for AES-256-GCM that can do this alone. */
export async function gcmKey(bytes: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [use]);
}
