/** Header fields of a ggml Whisper model that tests vary; the rest are those of a small multilingual model. */
export interface HeaderFields {
  readonly magic?: number;
  readonly vocabulary?: number;
  readonly encoderLayers?: number;
  readonly decoderLayers?: number;
  readonly fileType?: number;
}

/** The first 48 bytes of a model file: all that tells one model from another, without its weights. */
export function modelHeader(fields: HeaderFields = {}): Buffer {
  const { magic = 0x67676d6c, vocabulary = 51_865, encoderLayers = 12 } = fields;
  const { decoderLayers = encoderLayers, fileType = 1 } = fields;
  const numbers = [vocabulary, 1500, 768, 12, encoderLayers, 448, 768, 12, decoderLayers, 80, fileType];
  const header = Buffer.alloc(48);
  header.writeUInt32LE(magic, 0);
  numbers.forEach((number, index) => {
    header.writeInt32LE(number, 4 + 4 * index);
  });
  return header;
}
