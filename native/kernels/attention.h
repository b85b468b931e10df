#pragma once

struct ggml_compute_params;
struct ggml_tensor;

namespace voicesync {

// Computes ggml's fused attention for what Whisper's graphs ask of it: every thread of a computation calls it. False,
// alike for all threads, where the shapes or the processor are others; nothing was done then.
bool attend(const ggml_compute_params * params, ggml_tensor * dst);

}  // namespace voicesync
