/** Model formats that users pass in place of a ggml model, by their common names. */
const FORMATS: readonly { readonly name: string; readonly begins: (head: Buffer) => boolean }[] = [
  { name: 'GGUF', begins: (head) => head.toString('latin1', 0, 4) === 'GGUF' },
  { name: 'safetensors', begins: isSafetensors },
  { name: 'PyTorch', begins: isPyTorch },
  { name: 'CTranslate2', begins: isCTranslate2 },
  { name: 'ONNX', begins: isOnnx },
];

/** How many bytes of a file's beginning `foreignFormat` reads. */
export const FORMAT_HEAD_BYTES = 512;

/** The format whose header a file has, other than ggml; null for none of those known. */
export function foreignFormat(head: Buffer): string | null {
  return FORMATS.find(({ begins }) => begins(head))?.name ?? null;
}

/** The length of a JSON object, 64-bit little-endian, then the object. */
function isSafetensors(head: Buffer): boolean {
  return head.length > 10 && head.readUInt32LE(4) === 0 && head.toString('latin1', 8, 10) === '{"';
}

/** A zip archive whose first entry is a pickle, as `torch.save` writes it; or the pickled magic number of its older form. */
function isPyTorch(head: Buffer): boolean {
  const isZip = head.toString('latin1', 0, 4) === 'PK\u0003\u0004';
  if (isZip) return head.includes('data.pkl') || head.includes('.format_version');
  return head.toString('hex', 0, 14) === '80028a0a6cfc9c46f9206aa85019';
}

/** A 32-bit version, then the length of the model's kind and the kind itself, as `WhisperSpec`. */
function isCTranslate2(head: Buffer): boolean {
  if (head.length < 6 || head.readUInt32LE(0) > 100) return false;
  const kind = head.toString('latin1', 6, 6 + head.readUInt16LE(4));
  return /^\w+Spec\0?$/.test(kind);
}

/** A protocol buffer of which field 1 is the format's version and the next one the producer's name, graph or operators. */
function isOnnx(head: Buffer): boolean {
  const [tag, version, next] = head;
  return tag === 0x08 && version !== undefined && version <= 20 && [0x12, 0x3a, 0x42].includes(next ?? 0);
}
