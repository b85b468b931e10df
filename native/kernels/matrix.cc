// Products of Q8_0 weights with many columns, which is what Whisper's encoder does most, in the place of llamafile's.
//
// Where the processor multiplies bytes (VNNI), the columns are quantised in blocks of 32 like the weights, as ggml does,
// and a panel of weights is laid out so that a register holds four values of each of its rows: no sum across a register is
// left, and scales are applied to a whole register. Elsewhere the weights become floats, panel by panel, which costs an
// AVX2 processor no more multiplications than bytes would and does without quantising the columns.
#include "ggml-cpu-impl.h"
#include "ggml-cpu.h"
#include "ggml.h"

#include "lanes.h"

#define llamafile_sgemm llamafileProduct
#include "llamafile/sgemm.cpp"
#undef llamafile_sgemm

#ifdef VOICESYNC_LANES

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace voicesync {
namespace {

// Below, laying out the weights is not worth it.
constexpr int64_t kFewestColumns = 16;
constexpr int64_t kBlock = QK8_0;

#if VOICESYNC_LANES == 16 && defined(__AVX512VNNI__)
#define VOICESYNC_BYTES 1
using Integers = __m512i;
inline Integers loadIntegers(const void * from) { return _mm512_loadu_si512(from); }
inline Integers fourBytes(const void * from) {
    int32_t value;
    std::memcpy(&value, from, sizeof(value));
    return _mm512_set1_epi32(value);
}
inline Integers addProducts(Integers sums, Integers bytes, Integers signedBytes) {
    return _mm512_dpbusd_epi32(sums, bytes, signedBytes);
}
inline Integers allIntegers(int32_t value) { return _mm512_set1_epi32(value); }
inline void storeIntegers(void * to, Integers value) { _mm512_storeu_si512(to, value); }
inline Lanes toLanes(Integers value) { return _mm512_cvtepi32_ps(value); }
inline Integers flipSigns(Integers bytes) { return _mm512_xor_si512(bytes, _mm512_set1_epi8(-128)); }
constexpr int kByteColumns = 6;

// Turns rows of 16 values of 32 bits into columns.
inline void transpose(Integers (&rows)[16]) {
    Integers quads[16];
    VOICESYNC_UNROLL
    for (int i = 0; i < 16; i += 4) {
        const Integers a = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
        const Integers b = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
        const Integers c = _mm512_unpacklo_epi32(rows[i + 2], rows[i + 3]);
        const Integers d = _mm512_unpackhi_epi32(rows[i + 2], rows[i + 3]);
        quads[i] = _mm512_unpacklo_epi64(a, c);
        quads[i + 1] = _mm512_unpackhi_epi64(a, c);
        quads[i + 2] = _mm512_unpacklo_epi64(b, d);
        quads[i + 3] = _mm512_unpackhi_epi64(b, d);
    }
    VOICESYNC_UNROLL
    for (int i = 0; i < 4; ++i) {
        const Integers a = _mm512_shuffle_i32x4(quads[i], quads[i + 4], 0x44);
        const Integers b = _mm512_shuffle_i32x4(quads[i], quads[i + 4], 0xEE);
        const Integers c = _mm512_shuffle_i32x4(quads[i + 8], quads[i + 12], 0x44);
        const Integers d = _mm512_shuffle_i32x4(quads[i + 8], quads[i + 12], 0xEE);
        rows[i] = _mm512_shuffle_i32x4(a, c, 0x88);
        rows[i + 4] = _mm512_shuffle_i32x4(a, c, 0xDD);
        rows[i + 8] = _mm512_shuffle_i32x4(b, d, 0x88);
        rows[i + 12] = _mm512_shuffle_i32x4(b, d, 0xDD);
    }
}

// The 32 values of each of so many blocks in a row.
inline Integers loadBlocks(const block_q8_0 * from) {
    const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from[0].qs));
    return _mm512_inserti64x4(_mm512_castsi256_si512(first),
                              _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from[1].qs)), 1);
}
#elif VOICESYNC_LANES == 8 && defined(__AVXVNNI__)
#define VOICESYNC_BYTES 1
using Integers = __m256i;
inline Integers loadIntegers(const void * from) { return _mm256_loadu_si256(static_cast<const __m256i *>(from)); }
inline Integers fourBytes(const void * from) {
    int32_t value;
    std::memcpy(&value, from, sizeof(value));
    return _mm256_set1_epi32(value);
}
inline Integers addProducts(Integers sums, Integers bytes, Integers signedBytes) {
    return _mm256_dpbusd_avx_epi32(sums, bytes, signedBytes);
}
inline Integers allIntegers(int32_t value) { return _mm256_set1_epi32(value); }
inline void storeIntegers(void * to, Integers value) { _mm256_storeu_si256(static_cast<__m256i *>(to), value); }
inline Lanes toLanes(Integers value) { return _mm256_cvtepi32_ps(value); }
inline Integers flipSigns(Integers bytes) { return _mm256_xor_si256(bytes, _mm256_set1_epi8(-128)); }
constexpr int kByteColumns = 3;

// Turns rows of 8 values of 32 bits into columns.
inline void transpose(Integers (&rows)[8]) {
    Integers quads[8];
    VOICESYNC_UNROLL
    for (int i = 0; i < 8; i += 4) {
        const Integers a = _mm256_unpacklo_epi32(rows[i], rows[i + 1]);
        const Integers b = _mm256_unpackhi_epi32(rows[i], rows[i + 1]);
        const Integers c = _mm256_unpacklo_epi32(rows[i + 2], rows[i + 3]);
        const Integers d = _mm256_unpackhi_epi32(rows[i + 2], rows[i + 3]);
        quads[i] = _mm256_unpacklo_epi64(a, c);
        quads[i + 1] = _mm256_unpackhi_epi64(a, c);
        quads[i + 2] = _mm256_unpacklo_epi64(b, d);
        quads[i + 3] = _mm256_unpackhi_epi64(b, d);
    }
    VOICESYNC_UNROLL
    for (int i = 0; i < 4; ++i) {
        rows[i] = _mm256_permute2x128_si256(quads[i], quads[i + 4], 0x20);
        rows[i + 4] = _mm256_permute2x128_si256(quads[i], quads[i + 4], 0x31);
    }
}

// The 32 values of each of so many blocks in a row.
inline Integers loadBlocks(const block_q8_0 * from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from->qs));
}
#endif

#ifdef VOICESYNC_BYTES
// Writes a block's values as bytes of its largest, with `offset` added, and returns the scale.
float quantiseBlock(const float * from, int offset, void * to) {
    Lanes highest = zero();
    for (int64_t j = 0; j < kBlock; j += kLanes) {
        const Lanes value = load(from + j);
        highest = larger(highest, larger(value, difference(zero(), value)));
    }
    const float scale = largestAcross(highest) / 127.0f;
    const Lanes inverse = all(scale != 0.0f ? 1.0f / scale : 0.0f);
    for (int64_t j = 0; j < kBlock; j += kLanes) {
        const Lanes value = product(load(from + j), inverse);
#if VOICESYNC_LANES == 16
        const __m512i integers = _mm512_add_epi32(_mm512_cvtps_epi32(value), _mm512_set1_epi32(offset));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(static_cast<char *>(to) + j), _mm512_cvtepi32_epi8(integers));
#else
        const __m256i integers = _mm256_add_epi32(_mm256_cvtps_epi32(value), _mm256_set1_epi32(offset));
        const __m128i low = _mm256_castsi256_si128(integers);
        const __m128i high = _mm256_extracti128_si256(integers, 1);
        // Keeps the lowest byte of each, whatever its sign.
        const __m128i choice = _mm_setr_epi8(0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
        _mm_storel_epi64(reinterpret_cast<__m128i *>(static_cast<char *>(to) + j),
                         _mm_unpacklo_epi32(_mm_shuffle_epi8(low, choice), _mm_shuffle_epi8(high, choice)));
#endif
    }
    return scale;
}
#endif

struct Product {
    int64_t rows;
    int64_t columns;
    int64_t depth;
    const block_q8_0 * weights;
    int64_t weightStride;
    const float * input;
    int64_t inputStride;
    float * out;
    int64_t outStride;

    const block_q8_0 * row(int64_t i) const { return weights + i * weightStride; }
    const float * column(int64_t i) const { return input + i * inputStride; }
};

// Of a panel, so much is laid out at a time that it stays in the first-level cache.
#ifdef VOICESYNC_BYTES
constexpr int64_t kMostDepth = 1024;

struct Panel {
    std::vector<int8_t> bytes;
    std::vector<int32_t> offsets;
    std::vector<float> scales;

    void layOut(const Product & product, int64_t firstRow, int64_t begin, int64_t end) {
        const int64_t blocks = (end - begin) / kBlock;
        bytes.assign(size_t(blocks * kBlock * kPanelRows), 0);
        offsets.assign(size_t(blocks * kPanelRows), 0);
        scales.assign(size_t(blocks * kPanelRows), 0.0f);
        for (int64_t i = 0; i < std::min<int64_t>(kPanelRows, product.rows - firstRow); ++i) {
            const block_q8_0 * row = product.row(firstRow + i) + begin / kBlock;
            for (int64_t b = 0; b < blocks; ++b) {
                int32_t total = 0;
                for (int64_t k = 0; k < kBlock; ++k) {
                    total += row[b].qs[k];
                }
                int8_t * to = bytes.data() + b * kBlock * kPanelRows + i * 4;
                for (int64_t k = 0; k < kBlock; k += 4) {
                    std::memcpy(to + k * kPanelRows, row[b].qs + k, 4);
                }
                // The columns' values have 128 added, since one factor has to be unsigned.
                offsets[size_t(b * kPanelRows + i)] = -128 * total;
                scales[size_t(b * kPanelRows + i)] = GGML_CPU_FP16_TO_FP32(row[b].d);
            }
        }
    }
};

// Columns as bytes with 128 added, each followed by the scales of its blocks.
struct Bytes {
    uint8_t * data;
    int64_t depth;

    size_t stride() const { return size_t(depth + depth / kBlock * int64_t(sizeof(uint16_t))); }
    const uint8_t * column(int64_t i) const { return data + size_t(i) * stride(); }

    void quantise(const Product & product, int64_t index) const {
        uint8_t * to = data + size_t(index) * stride();
        for (int64_t k = 0; k < depth; k += kBlock) {
            const float scale = quantiseBlock(product.column(index) + k, 128, to + k);
            const ggml_fp16_t half = GGML_CPU_FP32_TO_FP16(scale);
            std::memcpy(to + depth + k / kBlock * int64_t(sizeof(half)), &half, sizeof(half));
        }
    }
};

template <int Columns>
void multiplyBytes(int64_t blocks, const Panel & panel, const uint8_t * columns, size_t columnStride,
                   const float * columnScales, int64_t scaleStride, bool adds, float * out, size_t outStride) {
    Lanes sums[Columns][2];
    VOICESYNC_UNROLL
    for (int c = 0; c < Columns; ++c) {
        sums[c][0] = adds ? load(out + size_t(c) * outStride) : zero();
        sums[c][1] = adds ? load(out + size_t(c) * outStride + kLanes) : zero();
    }
    const int8_t * bytes = panel.bytes.data();
    for (int64_t b = 0; b < blocks; ++b) {
        const Integers firstOffsets = loadIntegers(panel.offsets.data() + b * kPanelRows);
        const Integers secondOffsets = loadIntegers(panel.offsets.data() + b * kPanelRows + kLanes);
        Integers dots[Columns][2];
        VOICESYNC_UNROLL
        for (int c = 0; c < Columns; ++c) {
            dots[c][0] = firstOffsets;
            dots[c][1] = secondOffsets;
        }
        for (int64_t k = 0; k < kBlock; k += 4) {
            const Integers first = loadIntegers(bytes);
            const Integers second = loadIntegers(bytes + 4 * kLanes);
            bytes += 4 * kPanelRows;
            VOICESYNC_UNROLL
            for (int c = 0; c < Columns; ++c) {
                const Integers values = fourBytes(columns + size_t(c) * columnStride + size_t(b * kBlock + k));
                dots[c][0] = addProducts(dots[c][0], values, first);
                dots[c][1] = addProducts(dots[c][1], values, second);
            }
        }
        const Lanes firstScales = load(panel.scales.data() + b * kPanelRows);
        const Lanes secondScales = load(panel.scales.data() + b * kPanelRows + kLanes);
        VOICESYNC_UNROLL
        for (int c = 0; c < Columns; ++c) {
            const Lanes scale = all(columnScales[c * scaleStride + b]);
            sums[c][0] = multiplyAdd(toLanes(dots[c][0]), product(firstScales, scale), sums[c][0]);
            sums[c][1] = multiplyAdd(toLanes(dots[c][1]), product(secondScales, scale), sums[c][1]);
        }
    }
    VOICESYNC_UNROLL
    for (int c = 0; c < Columns; ++c) {
        store(out + size_t(c) * outStride, sums[c][0]);
        store(out + size_t(c) * outStride + kLanes, sums[c][1]);
    }
}

void multiplyColumns(const Panel & panel, const Bytes & bytes, int64_t begin, int64_t end, int64_t firstColumn,
                     int64_t count, float * out, size_t outStride) {
    constexpr int64_t kMostBlocks = kMostDepth / kBlock;
    float scales[kByteColumns * kMostBlocks];
    const int64_t blocks = (end - begin) / kBlock;
    for (int64_t c = 0; c < count;) {
        const int64_t these = count - c >= kByteColumns ? kByteColumns : 1;
        for (int64_t j = 0; j < these; ++j) {
            const uint8_t * from = bytes.column(firstColumn + c + j) + bytes.depth + begin / kBlock * 2;
            for (int64_t b = 0; b < blocks; ++b) {
                ggml_fp16_t half;
                std::memcpy(&half, from + b * 2, sizeof(half));
                scales[j * kMostBlocks + b] = GGML_CPU_FP16_TO_FP32(half);
            }
        }
        const auto multiply = these == 1 ? multiplyBytes<1> : multiplyBytes<kByteColumns>;
        multiply(blocks, panel, bytes.column(firstColumn + c) + begin, bytes.stride(), scales, kMostBlocks, begin > 0,
                 out + size_t(c) * outStride, outStride);
        c += these;
    }
}

// Columns so few that the weights, once read, are used up at once: a group of rows is transposed in registers on its way.
struct FewColumns {
    std::vector<int8_t> bytes;
    std::vector<float> scales;
    // What the weights' sign flip adds to the sums of each block, for each of its eight steps.
    std::vector<int32_t> offsets;

    void quantise(const Product & product) {
        const int64_t blocks = product.depth / kBlock;
        bytes.resize(size_t(product.columns * product.depth));
        scales.resize(size_t(product.columns * blocks));
        offsets.resize(size_t(product.columns * blocks));
        for (int64_t c = 0; c < product.columns; ++c) {
            for (int64_t b = 0; b < blocks; ++b) {
                int8_t * to = bytes.data() + c * product.depth + b * kBlock;
                const float scale = quantiseBlock(product.column(c) + b * kBlock, 0, to);
                int32_t total = 0;
                for (int64_t k = 0; k < kBlock; ++k) {
                    total += to[k];
                }
                scales[size_t(c * blocks + b)] = GGML_CPU_FP16_TO_FP32(GGML_CPU_FP32_TO_FP16(scale));
                offsets[size_t(c * blocks + b)] = -128 * total;
            }
        }
    }
};

// Adds the products of kLanes rows, transposed, with so many columns.
template <int Columns>
void addFewProducts(const Integers * weights, const float * weightScales, int64_t blocks, int64_t depth,
                    int64_t block, const FewColumns & few, int64_t firstColumn, float * sums) {
    const int64_t stride = depth / kBlock;
    for (int64_t b = block; b < block + blocks; ++b, weights += 8, weightScales += kLanes) {
        Integers dots[Columns];
        VOICESYNC_UNROLL
        for (int c = 0; c < Columns; ++c) {
            dots[c] = allIntegers(few.offsets[size_t((firstColumn + c) * stride + b)]);
        }
        const int8_t * bytes = few.bytes.data() + firstColumn * depth + b * kBlock;
        VOICESYNC_UNROLL
        for (int k = 0; k < 8; ++k) {
            VOICESYNC_UNROLL
            for (int c = 0; c < Columns; ++c) {
                dots[c] = addProducts(dots[c], weights[k], fourBytes(bytes + c * depth + k * 4));
            }
        }
        const Lanes scale = load(weightScales);
        VOICESYNC_UNROLL
        for (int c = 0; c < Columns; ++c) {
            float * to = sums + c * kLanes;
            const Lanes both = product(scale, all(few.scales[size_t((firstColumn + c) * stride + b)]));
            store(to, multiplyAdd(toLanes(dots[c]), both, load(to)));
        }
    }
}

void multiplyFew(const Product & product, const FewColumns & few, int64_t begin, int64_t end) {
    constexpr int64_t kBlocksAtOnce = kLanes / 8;
    const int64_t blocks = product.depth / kBlock;
    std::vector<uint16_t> halves(static_cast<size_t>(blocks * kLanes));
    std::vector<float> scales(static_cast<size_t>(blocks * kLanes));
    float sums[kFewestColumns * kLanes];
    for (int64_t first = begin; first < end; first += kLanes) {
        const block_q8_0 * rows[kLanes];
        for (int64_t i = 0; i < kLanes; ++i) {
            rows[i] = product.row(std::min(first + i, product.rows - 1));
            for (int64_t b = 0; b < blocks; ++b) {
                halves[size_t(b * kLanes + i)] = rows[i][b].d;
            }
        }
        for (int64_t b = 0; b < blocks; ++b) {
            store(scales.data() + b * kLanes, loadHalfFloats(halves.data() + b * kLanes));
        }
        std::fill_n(sums, product.columns * kLanes, 0.0f);
        const int64_t ahead = first + kLanes < end ? kLanes * product.weightStride : 0;
        for (int64_t b = 0; b < blocks; b += kBlocksAtOnce) {
            Integers weights[kLanes];
            VOICESYNC_UNROLL
            for (int i = 0; i < kLanes; ++i) {
                weights[i] = flipSigns(loadBlocks(rows[i] + b));
                _mm_prefetch(reinterpret_cast<const char *>(rows[i] + b + ahead), _MM_HINT_T1);
            }
            transpose(weights);
            int64_t c = 0;
            for (; c + 5 <= product.columns; c += 5) {
                addFewProducts<5>(weights, scales.data() + b * kLanes, kBlocksAtOnce, product.depth, b, few, c,
                                  sums + c * kLanes);
            }
            for (; c < product.columns; ++c) {
                addFewProducts<1>(weights, scales.data() + b * kLanes, kBlocksAtOnce, product.depth, b, few, c,
                                  sums + c * kLanes);
            }
        }
        for (int64_t c = 0; c < product.columns; ++c) {
            std::copy_n(sums + c * kLanes, std::min<int64_t>(kLanes, product.rows - first),
                        product.out + c * product.outStride + first);
        }
    }
}
#else
constexpr int64_t kMostDepth = 256;

struct Panel {
    std::vector<float> values;

    void layOut(const Product & product, int64_t firstRow, int64_t begin, int64_t end) {
        values.assign(size_t((end - begin) * kPanelRows), 0.0f);
        float block[kBlock];
        for (int64_t i = 0; i < std::min<int64_t>(kPanelRows, product.rows - firstRow); ++i) {
            for (int64_t k = begin; k < end; k += kBlock) {
                const block_q8_0 & from = product.row(firstRow + i)[k / kBlock];
                const Lanes scale = all(GGML_CPU_FP16_TO_FP32(from.d));
                for (int64_t j = 0; j < kBlock; j += kLanes) {
                    store(block + j, voicesync::product(scale, loadBytes(from.qs + j)));
                }
                for (int64_t j = 0; j < kBlock; ++j) {
                    values[size_t((k - begin + j) * kPanelRows + i)] = block[j];
                }
            }
        }
    }
};
#endif

// A job's part of the result: a panel's rows, for some columns.
void multiplyPart(const Product & product, Panel & panel, void * work, int64_t firstRow, int64_t firstColumn,
                  int64_t count) {
    float * out = product.out + firstColumn * product.outStride + firstRow;
    size_t outStride = size_t(product.outStride);
    // What a panel has beyond the last row must not be written over the next column.
    const int64_t rows = std::min<int64_t>(kPanelRows, product.rows - firstRow);
    thread_local std::vector<float> spare;
    if (rows < kPanelRows) {
        spare.resize(size_t(count * kPanelRows));
        out = spare.data();
        outStride = kPanelRows;
    }
    for (int64_t begin = 0; begin < product.depth; begin += kMostDepth) {
        const int64_t end = std::min(product.depth, begin + kMostDepth);
        panel.layOut(product, firstRow, begin, end);
#ifdef VOICESYNC_BYTES
        multiplyColumns(panel, {static_cast<uint8_t *>(work), product.depth}, begin, end, firstColumn, count, out,
                        outStride);
#else
        (void) work;
        const auto multiply = begin > 0 ? multiplyPanel<true> : multiplyPanel<false>;
        multiply(end - begin, panel.values.data(), kPanelRows, count, product.column(firstColumn) + begin,
                 size_t(product.inputStride), out, outStride);
#endif
    }
    if (rows < kPanelRows) {
        for (int64_t c = 0; c < count; ++c) {
            std::copy_n(spare.data() + c * kPanelRows, rows,
                        product.out + (firstColumn + c) * product.outStride + firstRow);
        }
    }
}

bool multiply(const ggml_compute_params * params, const Product & product) {
    if (params->use_ref) {
        return false;
    }
#ifdef VOICESYNC_BYTES
    if (product.columns < kFewestColumns) {
        if (product.depth % (2 * kBlock) != 0) {
            return false;
        }
        thread_local FewColumns few;
        few.quantise(product);
        const int64_t groups = (product.rows + kLanes - 1) / kLanes;
        const int64_t begin = groups * params->ith / params->nth * kLanes;
        multiplyFew(product, few, begin, std::min(product.rows, groups * (params->ith + 1) / params->nth * kLanes));
        return true;
    }
    const Bytes bytes{static_cast<uint8_t *>(params->wdata), product.depth};
    if (params->wsize < bytes.stride() * size_t(product.columns)) {
        return false;
    }
    for (int64_t i = params->ith; i < product.columns; i += params->nth) {
        bytes.quantise(product, i);
    }
#else
    if (product.columns < kFewestColumns) {
        return false;
    }
#endif
    const int64_t panels = (product.rows + kPanelRows - 1) / kPanelRows;
    const int64_t parts = std::max<int64_t>(1, (4 * params->nth + panels - 1) / panels);
    const int64_t each = (product.columns + parts - 1) / parts;
    if (params->ith == 0) {
        ggml_threadpool_chunk_set(params->threadpool, params->nth);
    }
    ggml_barrier(params->threadpool);
    thread_local Panel panel;
    for (int64_t job = params->ith; job < panels * parts; job = ggml_threadpool_chunk_add(params->threadpool, 1)) {
        const int64_t firstColumn = job % parts * each;
        const int64_t count = std::min(each, product.columns - firstColumn);
        if (count > 0) {
            multiplyPart(product, panel, params->wdata, job / parts * kPanelRows, firstColumn, count);
        }
    }
    // The next product may use the same work space and counter.
    ggml_barrier(params->threadpool);
    return true;
}

}  // namespace
}  // namespace voicesync

#endif

extern "C" bool llamafile_sgemm(const ggml_compute_params * params, int64_t m, int64_t n, int64_t k, const void * A,
                                int64_t lda, const void * B, int64_t ldb, void * C, int64_t ldc, int Atype, int Btype,
                                int Ctype) {
#ifdef VOICESYNC_LANES
    if (Atype == GGML_TYPE_Q8_0 && Btype == GGML_TYPE_F32 && Ctype == GGML_TYPE_F32) {
        const voicesync::Product product{m,   n, k * QK8_0, static_cast<const block_q8_0 *>(A), lda,
                                         static_cast<const float *>(B), ldb, static_cast<float *>(C), ldc};
        if (voicesync::multiply(params, product)) {
            return true;
        }
    }
#endif
    return llamafileProduct(params, m, n, k, A, lda, B, ldb, C, ldc, Atype, Btype, Ctype);
}
