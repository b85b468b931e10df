// Vectors of floats of the width that this processor variant has, and the inner product that all else is made of.
// Compiled once for each variant of ggml's CPU backend; without AVX2, VOICESYNC_LANES is undefined and ggml's own code is used.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__AVX512F__) && defined(__AVX512DQ__)
#include <immintrin.h>
#define VOICESYNC_LANES 16
#elif defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)
#include <immintrin.h>
#define VOICESYNC_LANES 8
#endif

#ifdef VOICESYNC_LANES

// A loop over an array of registers has to be unrolled, or the array lives in memory.
#if defined(__clang__)
#define VOICESYNC_UNROLL _Pragma("unroll")
#elif defined(__GNUC__)
#define VOICESYNC_UNROLL _Pragma("GCC unroll 32")
#else
#define VOICESYNC_UNROLL
#endif

namespace voicesync {

constexpr int kLanes = VOICESYNC_LANES;

#if VOICESYNC_LANES == 16
using Lanes = __m512;
inline Lanes zero() { return _mm512_setzero_ps(); }
inline Lanes all(float value) { return _mm512_set1_ps(value); }
inline Lanes load(const float * from) { return _mm512_loadu_ps(from); }
inline void store(float * to, Lanes value) { _mm512_storeu_ps(to, value); }
inline Lanes multiplyAdd(Lanes a, Lanes b, Lanes c) { return _mm512_fmadd_ps(a, b, c); }
inline Lanes loadHalfFloats(const uint16_t * from) {
    return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)));
}
inline Lanes loadBytes(const int8_t * from) {
    return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from))));
}
inline Lanes sum(Lanes a, Lanes b) { return _mm512_add_ps(a, b); }
inline Lanes difference(Lanes a, Lanes b) { return _mm512_sub_ps(a, b); }
inline Lanes product(Lanes a, Lanes b) { return _mm512_mul_ps(a, b); }
inline Lanes quotient(Lanes a, Lanes b) { return _mm512_div_ps(a, b); }
inline Lanes larger(Lanes a, Lanes b) { return _mm512_max_ps(a, b); }
inline float sumAcross(Lanes value) { return _mm512_reduce_add_ps(value); }
inline float largestAcross(Lanes value) { return _mm512_reduce_max_ps(value); }
constexpr int kMostColumns = 12;  // of 32 registers, 24 hold sums
#else
using Lanes = __m256;
inline Lanes zero() { return _mm256_setzero_ps(); }
inline Lanes all(float value) { return _mm256_set1_ps(value); }
inline Lanes load(const float * from) { return _mm256_loadu_ps(from); }
inline void store(float * to, Lanes value) { _mm256_storeu_ps(to, value); }
inline Lanes multiplyAdd(Lanes a, Lanes b, Lanes c) { return _mm256_fmadd_ps(a, b, c); }
inline Lanes loadHalfFloats(const uint16_t * from) {
    return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)));
}
inline Lanes loadBytes(const int8_t * from) {
    return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i *>(from))));
}
inline Lanes sum(Lanes a, Lanes b) { return _mm256_add_ps(a, b); }
inline Lanes difference(Lanes a, Lanes b) { return _mm256_sub_ps(a, b); }
inline Lanes product(Lanes a, Lanes b) { return _mm256_mul_ps(a, b); }
inline Lanes quotient(Lanes a, Lanes b) { return _mm256_div_ps(a, b); }
inline Lanes larger(Lanes a, Lanes b) { return _mm256_max_ps(a, b); }
inline float sumAcross(Lanes value) {
    __m128 half = _mm_add_ps(_mm256_castps256_ps128(value), _mm256_extractf128_ps(value, 1));
    half = _mm_add_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_add_ss(half, _mm_movehdup_ps(half)));
}
inline float largestAcross(Lanes value) {
    __m128 half = _mm_max_ps(_mm256_castps256_ps128(value), _mm256_extractf128_ps(value, 1));
    half = _mm_max_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_max_ss(half, _mm_movehdup_ps(half)));
}
constexpr int kMostColumns = 6;  // of 16 registers, 12 hold sums
#endif

// The rows of a panel: what two registers hold.
constexpr int kPanelRows = 2 * kLanes;

// The product of a panel (kPanelRows values for each of `depth` steps, `panelStride` apart) with some columns (`depth`
// values each, `columnStride` apart): kPanelRows values for each column, `outStride` apart; added to what is there with
// `Adds`.
template <int Columns, bool Adds>
inline void multiplyTile(int64_t depth, const float * panel, size_t panelStride, const float * columns,
                         size_t columnStride, float * out, size_t outStride) {
    Lanes sums[Columns][2];
    VOICESYNC_UNROLL
    for (int c = 0; c < Columns; ++c) {
        sums[c][0] = Adds ? load(out + size_t(c) * outStride) : zero();
        sums[c][1] = Adds ? load(out + size_t(c) * outStride + kLanes) : zero();
    }
    for (int64_t k = 0; k < depth; ++k) {
        const Lanes first = load(panel + size_t(k) * panelStride);
        const Lanes second = load(panel + size_t(k) * panelStride + kLanes);
        VOICESYNC_UNROLL
        for (int c = 0; c < Columns; ++c) {
            const Lanes value = all(columns[size_t(c) * columnStride + size_t(k)]);
            sums[c][0] = multiplyAdd(first, value, sums[c][0]);
            sums[c][1] = multiplyAdd(second, value, sums[c][1]);
        }
    }
    VOICESYNC_UNROLL
    for (int c = 0; c < Columns; ++c) {
        store(out + size_t(c) * outStride, sums[c][0]);
        store(out + size_t(c) * outStride + kLanes, sums[c][1]);
    }
}

// The same for any number of columns.
template <bool Adds>
inline void multiplyPanel(int64_t depth, const float * panel, size_t panelStride, int64_t count, const float * columns,
                          size_t columnStride, float * out, size_t outStride) {
    int64_t c = 0;
    for (; c + kMostColumns <= count; c += kMostColumns) {
        multiplyTile<kMostColumns, Adds>(depth, panel, panelStride, columns + size_t(c) * columnStride, columnStride,
                                         out + size_t(c) * outStride, outStride);
    }
    for (; c + 2 <= count; c += 2) {
        multiplyTile<2, Adds>(depth, panel, panelStride, columns + size_t(c) * columnStride, columnStride,
                              out + size_t(c) * outStride, outStride);
    }
    if (c < count) {
        multiplyTile<1, Adds>(depth, panel, panelStride, columns + size_t(c) * columnStride, columnStride,
                              out + size_t(c) * outStride, outStride);
    }
}

}  // namespace voicesync

#endif
