// What whisper.cpp 1.9.1 offers for aligning, made anew: it can see the attention of its alignment heads only where flash
// attention is off for all it does, computes all logits besides, and gives each token the time of the next one.
// Included by whisper.cc alone, after whisper.cpp's source.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "alignment.h"

namespace voicesync {

// One of the decoder's attention heads.
struct AlignmentHead {
    int layer;
    int head;
};

// Lets the decoder read `tokens` and gives the attention that `heads` paid to the first `frames` frames of the sound that
// was encoded last. Nothing that whisper.cpp's own decoding needs is changed. `tokens` are no more than the model's text
// context. Empty where it was aborted or failed.
inline AttentionWeights attentionOf(const std::vector<AlignmentHead> & heads, const std::vector<whisper_token> & tokens,
                                    int frames, const whisper_context & context, whisper_state & state, int threads) {
    const auto & model = context.model;
    const auto & hparams = model.hparams;
    const bool flash = context.params.flash_attn;
    const int64_t width = hparams.n_text_state;
    const int64_t headCount = hparams.n_text_head;
    const int64_t headWidth = width / headCount;
    const int64_t count = int64_t(tokens.size());
    const int64_t audio = state.exp_n_audio_ctx > 0 ? state.exp_n_audio_ctx : hparams.n_audio_ctx;
    // The keys and values of the sound, as whisper_build_graph_cross lays them out. Its keys are already scaled by the
    // second factor of the usual 1 / sqrt(headWidth).
    const int64_t positions = flash ? GGML_PAD(audio, 256) : audio;
    const float crossScale = std::pow(float(headWidth), -0.25f);
    const size_t keySize = ggml_element_size(state.kv_cross.k);
    const size_t valueSize = ggml_element_size(state.kv_cross.v);

    auto & meta = state.sched_decode.meta;
    ggml_context_ptr owner(ggml_init({meta.size(), meta.data(), true}));
    ggml_context * c = owner.get();
    ggml_cgraph * graph = ggml_new_graph_custom(c, WHISPER_MAX_NODES, false);

    const auto affine = [&](ggml_tensor * weight, ggml_tensor * bias, ggml_tensor * x) {
        ggml_tensor * product = ggml_mul_mat(c, weight, x);
        return bias == nullptr ? product : ggml_add(c, product, bias);
    };
    const auto normalised = [&](ggml_tensor * x, ggml_tensor * weight, ggml_tensor * bias) {
        return ggml_add(c, ggml_mul(c, ggml_norm(c, x, hparams.eps), weight), bias);
    };
    const auto byHead = [&](ggml_tensor * x) {
        return ggml_permute(c, ggml_reshape_3d(c, x, headWidth, headCount, count), 0, 2, 1, 3);
    };
    const auto merged = [&](ggml_tensor * x) { return ggml_cont_2d(c, ggml_permute(c, x, 0, 2, 1, 3), width, count); };

    ggml_tensor * ids = ggml_new_tensor_1d(c, GGML_TYPE_I32, count);
    ggml_set_input(ids);
    ggml_tensor * places = ggml_new_tensor_1d(c, GGML_TYPE_I32, count);
    ggml_set_input(places);
    ggml_tensor * x = ggml_add(c, ggml_get_rows(c, model.d_te, ids), ggml_get_rows(c, model.d_pe, places));

    std::vector<ggml_tensor *> seen(heads.size());
    int lastLayer = 0;
    for (const auto & head : heads) {
        lastLayer = std::max(lastLayer, head.layer);
    }
    for (int il = 0; il <= lastLayer; ++il) {
        const auto & layer = model.layers_decoder[size_t(il)];

        ggml_tensor * own = normalised(x, layer.attn_ln_0_w, layer.attn_ln_0_b);
        ggml_tensor * query = byHead(affine(layer.attn_q_w, layer.attn_q_b, own));
        ggml_tensor * key = byHead(affine(layer.attn_k_w, nullptr, own));
        ggml_tensor * value = ggml_cont(
            c, ggml_permute(c, ggml_reshape_3d(c, affine(layer.attn_v_w, layer.attn_v_b, own), headWidth, headCount, count),
                            1, 2, 0, 3));
        ggml_tensor * scores = ggml_scale(c, ggml_mul_mat(c, key, query), 1.0f / std::sqrt(float(headWidth)));
        scores = ggml_soft_max(c, ggml_diag_mask_inf(c, scores, 0));
        x = ggml_add(c, x, affine(layer.attn_ln_1_w, layer.attn_ln_1_b, merged(ggml_mul_mat(c, value, scores))));

        ggml_tensor * asked = affine(layer.cross_attn_q_w, layer.cross_attn_q_b,
                                     normalised(x, layer.cross_attn_ln_0_w, layer.cross_attn_ln_0_b));
        const size_t keysFrom = keySize * size_t(width * positions * il);
        for (size_t i = 0; i < heads.size(); ++i) {
            if (heads[i].layer == il) {
                const size_t column = size_t(heads[i].head * headWidth);
                ggml_tensor * keys = ggml_view_2d(c, state.kv_cross.k, headWidth, frames, keySize * size_t(width),
                                                  keysFrom + keySize * column);
                ggml_tensor * queries = ggml_view_2d(c, asked, headWidth, count, asked->nb[1], column * asked->nb[0]);
                seen[i] = ggml_soft_max_ext(c, ggml_mul_mat(c, keys, queries), nullptr, crossScale, 0.0f);
                ggml_set_output(seen[i]);
                ggml_build_forward_expand(graph, seen[i]);
            }
        }
        if (il == lastLayer) {
            break;
        }

        ggml_tensor * keys = ggml_view_3d(c, state.kv_cross.k, headWidth, positions, headCount, keySize * size_t(width),
                                          keySize * size_t(headWidth), keysFrom);
        ggml_tensor * heard;
        if (flash) {
            ggml_tensor * values =
                ggml_view_3d(c, state.kv_cross.v, headWidth, positions, headCount, valueSize * size_t(width),
                             valueSize * size_t(headWidth), valueSize * size_t(width * positions * il));
            heard = ggml_reshape_2d(c, ggml_flash_attn_ext(c, byHead(asked), keys, values, nullptr, crossScale, 0, 0),
                                    width, count);
        } else {
            ggml_tensor * values =
                ggml_view_3d(c, state.kv_cross.v, positions, headWidth, headCount, valueSize * size_t(positions),
                             valueSize * size_t(positions * headWidth), valueSize * size_t(width * positions * il));
            ggml_tensor * shares =
                ggml_soft_max_ext(c, ggml_mul_mat(c, keys, byHead(asked)), nullptr, crossScale, 0.0f);
            heard = merged(ggml_mul_mat(c, values, shares));
        }
        x = ggml_add(c, x, affine(layer.cross_attn_ln_1_w, layer.cross_attn_ln_1_b, heard));

        ggml_tensor * wide = affine(layer.mlp_0_w, layer.mlp_0_b, normalised(x, layer.mlp_ln_w, layer.mlp_ln_b));
        x = ggml_add(c, x, affine(layer.mlp_1_w, layer.mlp_1_b, ggml_gelu(c, wide)));
    }

    auto & scheduler = state.sched_decode.sched;
    if (!ggml_backend_sched_alloc_graph(scheduler, graph)) {
        return {};
    }
    std::vector<int32_t> numbers(tokens.begin(), tokens.end());
    ggml_backend_tensor_set(ids, numbers.data(), 0, ggml_nbytes(ids));
    std::iota(numbers.begin(), numbers.end(), 0);
    ggml_backend_tensor_set(places, numbers.data(), 0, ggml_nbytes(places));
    AttentionWeights weights;
    // The scheduler is given back only after the results have been read.
    if (ggml_graph_compute_helper(scheduler, graph, threads, false)) {
        weights = {int(heads.size()), int(count), frames, std::vector<float>(heads.size() * size_t(count * frames))};
        for (size_t i = 0; i < seen.size(); ++i) {
            ggml_backend_tensor_get(seen[i], weights.values.data() + i * size_t(count * frames), 0, ggml_nbytes(seen[i]));
        }
    }
    ggml_backend_sched_reset(scheduler);
    return weights;
}

}  // namespace voicesync
