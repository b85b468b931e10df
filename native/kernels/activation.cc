// GELU as vector arithmetic. ggml looks each value up in a table of half floats, which is slower and less exact.
#include "activation.h"

#include "lanes.h"

#ifndef VOICESYNC_LANES

bool voicesync::activate(const ggml_compute_params *, ggml_tensor *) { return false; }

#else

#include <algorithm>

#include "ggml-cpu-impl.h"
#include "ggml.h"
#include "vec.h"

namespace voicesync {
namespace {

// x (1 + tanh(y)) / 2 = x / (1 + exp(-2 y)), where y = sqrt(2/pi) (x + 0.044715 x^3).
inline Lanes gelu(Lanes x) {
    const Lanes cubic = multiplyAdd(product(all(0.044715f), product(x, x)), x, x);
    const Lanes power = ggml_v_expf(product(all(-2.0f * 0.79788456080286535588f), cubic));
    return quotient(x, sum(all(1.0f), power));
}

}  // namespace

bool activate(const ggml_compute_params * params, ggml_tensor * dst) {
    const ggml_tensor * from = dst->src[0];
    if (ggml_get_unary_op(dst) != GGML_UNARY_OP_GELU || from->type != GGML_TYPE_F32 || dst->type != GGML_TYPE_F32 ||
        !ggml_is_contiguous(from) || !ggml_is_contiguous(dst) || params->use_ref) {
        return false;
    }
    const int64_t count = ggml_nelements(dst);
    const int64_t groups = (count + kLanes - 1) / kLanes;
    const int64_t end = std::min(count, groups * (params->ith + 1) / params->nth * kLanes);
    const float * values = static_cast<const float *>(from->data);
    float * out = static_cast<float *>(dst->data);
    int64_t i = groups * params->ith / params->nth * kLanes;
    for (; i + kLanes <= end; i += kLanes) {
        store(out + i, gelu(load(values + i)));
    }
    if (i < end) {
        float last[kLanes] = {};
        std::copy(values + i, values + end, last);
        store(last, gelu(load(last)));
        std::copy_n(last, end - i, out + i);
    }
    return true;
}

}  // namespace voicesync

#endif
