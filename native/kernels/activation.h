#pragma once

struct ggml_compute_params;
struct ggml_tensor;

namespace voicesync {

// Computes GELU of floats, by its definition with tanh: every thread of a computation calls it. False, alike for all
// threads, where the operation or the processor is another; nothing was done then.
bool activate(const ggml_compute_params * params, ggml_tensor * dst);

}  // namespace voicesync
