/** Extensions of speech models, including those of formats that are refused by name. */
const MODEL_ENDING = /[.](bin|ggml|gguf|onnx|pth?|safetensors)$/i;

/** Whether a file is a speech model, by its name. */
export function isModelName(name: string): boolean {
  return MODEL_ENDING.test(name);
}
