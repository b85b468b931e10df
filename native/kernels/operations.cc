// ggml's operations, with ours in the place of some: its source is included under other names for them.
#include "ops.h"

#include "activation.h"
#include "attention.h"

#define ggml_compute_forward_unary ggmlUnary
#define ggml_compute_forward_flash_attn_ext ggmlFusedAttention
#include "ops.cpp"
#undef ggml_compute_forward_flash_attn_ext
#undef ggml_compute_forward_unary

extern "C" void ggml_compute_forward_flash_attn_ext(const ggml_compute_params * params, ggml_tensor * dst) {
    if (!voicesync::attend(params, dst)) {
        ggmlFusedAttention(params, dst);
    }
}

extern "C" void ggml_compute_forward_unary(const ggml_compute_params * params, ggml_tensor * dst) {
    if (!voicesync::activate(params, dst)) {
        ggmlUnary(params, dst);
    }
}
