// Attention as three plain steps over whole rows of scores. ggml's works on tiles of 64 queries and keys, and converts and
// transposes the keys again for each; here a head's keys are laid out once for all its queries.
#include "attention.h"

#include "lanes.h"

#ifndef VOICESYNC_LANES

bool voicesync::attend(const ggml_compute_params *, ggml_tensor *) { return false; }

#else

#include <algorithm>
#include <cstring>
#include <vector>

#include "ggml-cpu-impl.h"
#include "ggml.h"
#include "vec.h"

namespace voicesync {
namespace {

// Below, laying out the keys is not worth it.
constexpr int64_t kFewestQueries = 16;
// With fewer queries, so many keys or values are converted at a time.
constexpr int64_t kKeysAtOnce = 2 * kLanes;
constexpr int64_t kWidest = 128;

struct Attention {
    const ggml_tensor * q;
    const ggml_tensor * k;
    const ggml_tensor * v;
    const ggml_tensor * mask;
    ggml_tensor * out;
    float scale;

    int64_t width() const { return q->ne[0]; }
    int64_t queries() const { return q->ne[1]; }
    int64_t heads() const { return q->ne[2]; }
    int64_t keys() const { return k->ne[1]; }

    const float * query(int64_t head, int64_t i) const {
        return reinterpret_cast<const float *>(static_cast<const char *>(q->data) + size_t(head) * q->nb[2] +
                                               size_t(i) * q->nb[1]);
    }
    const uint16_t * key(int64_t head, int64_t i) const { return halfFloats(k, head, i); }
    const uint16_t * value(int64_t head, int64_t i) const { return halfFloats(v, head, i); }
    float * result(int64_t head, int64_t i) const {
        return reinterpret_cast<float *>(static_cast<char *>(out->data) + size_t(head + i * heads()) * out->nb[1]);
    }
    size_t resultStride() const { return size_t(heads()) * out->nb[1] / sizeof(float); }
    void divide(int64_t head, int64_t i, float total) const {
        float * row = result(head, i);
        const Lanes share = all(1.0f / total);
        for (int64_t d = 0; d < width(); d += kLanes) {
            store(row + d, product(share, load(row + d)));
        }
    }
    const uint16_t * masked(int64_t i) const {
        return reinterpret_cast<const uint16_t *>(static_cast<const char *>(mask->data) + size_t(i) * mask->nb[1]);
    }
    static const uint16_t * halfFloats(const ggml_tensor * tensor, int64_t head, int64_t i) {
        return reinterpret_cast<const uint16_t *>(static_cast<const char *>(tensor->data) +
                                                  size_t(head) * tensor->nb[2] + size_t(i) * tensor->nb[1]);
    }
};

// One head's keys and values as floats. Keys are in panels, value by value, times the scale of the scores; the last panel
// is filled up with zeros. Kept by each thread for the next computation.
struct Head {
    std::vector<float> keys;
    std::vector<float> values;
    std::vector<float> scores;

    void layOut(const Attention & attention, int64_t head) {
        const int64_t width = attention.width();
        const int64_t count = attention.keys();
        const int64_t panels = (count + kPanelRows - 1) / kPanelRows;
        keys.resize(size_t(panels * kPanelRows * width));
        values.resize(size_t(count * width));
        scores.resize(size_t(kMostColumns * panels * kPanelRows));
        const Lanes scale = all(attention.scale);
        float row[kPanelRows];
        for (int64_t i = 0; i < panels * kPanelRows; ++i) {
            float * to = keys.data() + size_t(i / kPanelRows * kPanelRows * width + i % kPanelRows);
            for (int64_t d = 0; d < width; d += kLanes) {
                store(row, i < count ? product(scale, loadHalfFloats(attention.key(head, i) + d)) : zero());
                for (int64_t j = 0; j < kLanes; ++j) {
                    to[size_t((d + j) * kPanelRows)] = row[j];
                }
            }
        }
        for (int64_t i = 0; i < count; ++i) {
            for (int64_t d = 0; d < width; d += kLanes) {
                store(values.data() + size_t(i * width + d), loadHalfFloats(attention.value(head, i) + d));
            }
        }
    }
};

// Turns scores into weights that still have to be divided by their sum, which is returned.
float exponentiate(float * scores, int64_t count) {
    Lanes highest = all(-INFINITY);
    int64_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        highest = larger(highest, load(scores + i));
    }
    float most = largestAcross(highest);
    for (; i < count; ++i) {
        most = std::max(most, scores[i]);
    }
    const Lanes shift = all(most);
    Lanes sums = zero();
    for (i = 0; i + kLanes <= count; i += kLanes) {
        const Lanes weight = ggml_v_expf(difference(load(scores + i), shift));
        store(scores + i, weight);
        sums = sum(sums, weight);
    }
    float total = sumAcross(sums);
    for (; i < count; ++i) {
        scores[i] = std::exp(scores[i] - most);
        total += scores[i];
    }
    return total;
}

// Asks for bytes that are read soon; they need not exist.
inline void prefetch(const char * from, int64_t count) {
    for (int64_t i = 0; i < count; i += 64) {
        _mm_prefetch(from + i, _MM_HINT_T0);
    }
}

// The sums across each of kLanes vectors, as one.
Lanes sumsAcross(const Lanes (&rows)[kLanes]) {
#if VOICESYNC_LANES == 16
    Lanes quads[4];
    VOICESYNC_UNROLL
    for (int i = 0; i < 4; ++i) {
        const Lanes * four = rows + 4 * i;
        const Lanes a = sum(_mm512_unpacklo_ps(four[0], four[1]), _mm512_unpackhi_ps(four[0], four[1]));
        const Lanes b = sum(_mm512_unpacklo_ps(four[2], four[3]), _mm512_unpackhi_ps(four[2], four[3]));
        quads[i] = sum(
            _mm512_castpd_ps(_mm512_unpacklo_pd(_mm512_castps_pd(a), _mm512_castps_pd(b))),
            _mm512_castpd_ps(_mm512_unpackhi_pd(_mm512_castps_pd(a), _mm512_castps_pd(b))));
    }
    const Lanes a = sum(_mm512_shuffle_f32x4(quads[0], quads[1], 0x88), _mm512_shuffle_f32x4(quads[0], quads[1], 0xDD));
    const Lanes b = sum(_mm512_shuffle_f32x4(quads[2], quads[3], 0x88), _mm512_shuffle_f32x4(quads[2], quads[3], 0xDD));
    return sum(_mm512_shuffle_f32x4(a, b, 0x88), _mm512_shuffle_f32x4(a, b, 0xDD));
#else
    // In each half, an addition of neighbours puts the sums of four rows side by side.
    const Lanes a = _mm256_hadd_ps(_mm256_hadd_ps(rows[0], rows[1]), _mm256_hadd_ps(rows[2], rows[3]));
    const Lanes b = _mm256_hadd_ps(_mm256_hadd_ps(rows[4], rows[5]), _mm256_hadd_ps(rows[6], rows[7]));
    return sum(_mm256_permute2f128_ps(a, b, 0x20), _mm256_permute2f128_ps(a, b, 0x31));
#endif
}

// Some heads' attention for few queries, which all use a key or value when it is read. The heads' parts of a key lie side
// by side, so that all heads go through the keys together: they are as much to read as half the model.
void attendFew(const Attention & attention, int64_t firstHead, int64_t endHead) {
    const int64_t width = attention.width();
    const int64_t count = attention.keys();
    const int64_t queries = attention.queries();
    const int64_t stride = (count + kKeysAtOnce - 1) / kKeysAtOnce * kKeysAtOnce;
    thread_local std::vector<float> scores;
    scores.resize(size_t((endHead - firstHead) * queries * stride));
    const auto scoresOf = [&](int64_t head, int64_t query) {
        return scores.data() + ((head - firstHead) * queries + query) * stride;
    };
    float block[kKeysAtOnce * kWidest];
    const auto convert = [&](const ggml_tensor * tensor, int64_t head, int64_t first) {
        for (int64_t i = 0; i < kKeysAtOnce; ++i) {
            if (first + i < count) {
                const uint16_t * from = Attention::halfFloats(tensor, head, first + i);
                prefetch(reinterpret_cast<const char *>(from) + kKeysAtOnce * int64_t(tensor->nb[1]), width * 2);
                for (int64_t d = 0; d < width; d += kLanes) {
                    store(block + i * width + d, loadHalfFloats(from + d));
                }
            } else {
                std::fill_n(block + i * width, width, 0.0f);
            }
        }
    };

    const Lanes scale = all(attention.scale);
    for (int64_t first = 0; first < count; first += kKeysAtOnce) {
        for (int64_t head = firstHead; head < endHead; ++head) {
            convert(attention.k, head, first);
            for (int64_t q = 0; q < queries; ++q) {
                const float * query = attention.query(head, q);
                for (int64_t i = 0; i < kKeysAtOnce; i += kLanes) {
                    Lanes products[kLanes];
                    VOICESYNC_UNROLL
                    for (int j = 0; j < kLanes; ++j) {
                        const float * key = block + (i + j) * width;
                        products[j] = product(load(query), load(key));
                        for (int64_t d = kLanes; d < width; d += kLanes) {
                            products[j] = multiplyAdd(load(query + d), load(key + d), products[j]);
                        }
                    }
                    store(scoresOf(head, q) + first + i, product(scale, sumsAcross(products)));
                }
            }
        }
    }
    std::vector<float> totals;
    for (int64_t head = firstHead; head < endHead; ++head) {
        for (int64_t q = 0; q < queries; ++q) {
            float * row = scoresOf(head, q);
            if (attention.mask != nullptr) {
                const uint16_t * mask = attention.masked(q);
                for (int64_t i = 0; i < count; ++i) {
                    row[i] += GGML_CPU_FP16_TO_FP32(mask[i]);
                }
            }
            totals.push_back(exponentiate(row, count));
            std::fill(row + count, row + stride, 0.0f);
            std::fill_n(attention.result(head, q), width, 0.0f);
        }
    }
    for (int64_t first = 0; first < count; first += kKeysAtOnce) {
        for (int64_t head = firstHead; head < endHead; ++head) {
            convert(attention.v, head, first);
            for (int64_t d = 0; d < width; d += kPanelRows) {
                multiplyPanel<true>(kKeysAtOnce, block + d, size_t(width), queries, scoresOf(head, 0) + first,
                                    size_t(stride), attention.result(head, 0) + d, attention.resultStride());
            }
        }
    }
    for (int64_t head = firstHead; head < endHead; ++head) {
        for (int64_t q = 0; q < queries; ++q) {
            attention.divide(head, q, totals[size_t((head - firstHead) * queries + q)]);
        }
    }
}

void attendHead(const Attention & attention, Head & head, int64_t index, int64_t begin, int64_t end) {
    const int64_t width = attention.width();
    const int64_t count = attention.keys();
    const size_t stride = head.scores.size() / kMostColumns;
    const size_t queryStride = attention.q->nb[1] / sizeof(float);
    for (int64_t i = begin; i < end; i += kMostColumns) {
        const int64_t columns = std::min<int64_t>(kMostColumns, end - i);
        const float * queries = attention.query(index, i);
        for (int64_t first = 0; first < count; first += kPanelRows) {
            multiplyPanel<false>(width, head.keys.data() + size_t(first * width), kPanelRows, columns, queries,
                                 queryStride, head.scores.data() + first, stride);
        }
        float totals[kMostColumns];
        for (int64_t c = 0; c < columns; ++c) {
            totals[c] = exponentiate(head.scores.data() + size_t(c) * stride, count);
        }
        for (int64_t d = 0; d < width; d += kPanelRows) {
            multiplyPanel<false>(count, head.values.data() + d, size_t(width), columns, head.scores.data(), stride,
                                 attention.result(index, i) + d, attention.resultStride());
        }
        for (int64_t c = 0; c < columns; ++c) {
            attention.divide(index, i + c, totals[c]);
        }
    }
}

}  // namespace

bool attend(const ggml_compute_params * params, ggml_tensor * dst) {
    float options[3];
    std::memcpy(options, dst->op_params, sizeof(options));
    const Attention attention{dst->src[0], dst->src[1], dst->src[2], dst->src[3], dst, options[0]};
    const auto & [q, k, v, mask, out, scale] = attention;
    const bool isFew = attention.queries() < kFewestQueries;
    const bool isPlain = dst->src[4] == nullptr && options[1] == 0.0f && options[2] == 0.0f &&
                         (mask == nullptr || (isFew && mask->type == GGML_TYPE_F16 && mask->ne[2] == 1 && mask->ne[3] == 1));
    const bool fits = q->type == GGML_TYPE_F32 && k->type == GGML_TYPE_F16 && v->type == GGML_TYPE_F16 &&
                      q->ne[0] == v->ne[0] && q->ne[0] % kPanelRows == 0 && q->ne[2] == k->ne[2] &&
                      q->ne[2] == v->ne[2] && q->ne[3] == 1 && q->nb[1] % sizeof(float) == 0;
    if (!isPlain || !fits || params->use_ref || q->ne[0] > kWidest) {
        return false;
    }
    if (isFew) {
        attendFew(attention, attention.heads() * params->ith / params->nth,
                  attention.heads() * (params->ith + 1) / params->nth);
        return true;
    }

    // A head for each job, or a part of one where there are many threads.
    const int64_t parts = (4 * params->nth + attention.heads() - 1) / attention.heads();
    const int64_t each = (attention.queries() + parts - 1) / parts;
    if (params->ith == 0) {
        ggml_threadpool_chunk_set(params->threadpool, params->nth);
    }
    ggml_barrier(params->threadpool);
    thread_local Head head;
    for (int64_t job = params->ith; job < attention.heads() * parts;
         job = ggml_threadpool_chunk_add(params->threadpool, 1)) {
        const int64_t begin = job % parts * each;
        const int64_t end = std::min(attention.queries(), begin + each);
        if (begin < end) {
            head.layOut(attention, job / parts);
            attendHead(attention, head, job / parts, begin, end);
        }
    }
    return true;
}

}  // namespace voicesync

#endif
