/** Endings by which speech models are known, those of formats among them that are refused with their names. */
const MODEL_ENDING = /[.](bin|ggml|gguf|onnx|pth?|safetensors)$/i;

/** Whether a file is a speech model, as far as its name tells. */
export function isModelName(name: string): boolean {
  return MODEL_ENDING.test(name);
}
