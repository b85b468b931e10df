// Compares what the CPU backend computes with plain loops in double precision, for the shapes Whisper has and for ragged
// ones, and with itself for other numbers of threads: `kernel-check BACKEND`, a folder or one backend's file.
// Prints a line for each comparison; fails where one is out of bounds.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "ggml-backend.h"
#include "ggml.h"

namespace {

using Values = std::vector<float>;

std::mt19937 g_random(1);
bool g_failed = false;

Values noise(size_t count) {
    std::normal_distribution<float> normal;
    Values values(count);
    for (float & value : values) {
        value = normal(g_random);
    }
    return values;
}

std::vector<ggml_fp16_t> halves(const Values & values) {
    std::vector<ggml_fp16_t> result(values.size());
    ggml_fp32_to_fp16_row(values.data(), result.data(), int64_t(values.size()));
    return result;
}

// Builds one operation, gives it its inputs and computes it with one, two and three threads.
class Operation {
  public:
    explicit Operation(ggml_backend_t backend)
        : backend_(backend), context_(ggml_init({ggml_tensor_overhead() * 32 + ggml_graph_overhead(), nullptr, true})) {}
    ~Operation() { ggml_free(context_); }

    ggml_context * context() const { return context_; }
    void give(ggml_tensor * tensor, const void * data) { inputs_.push_back({tensor, data}); }

    void compare(const std::string & name, ggml_tensor * result, const Values & expected, double bound) {
        ggml_cgraph * graph = ggml_new_graph(context_);
        ggml_build_forward_expand(graph, result);
        ggml_backend_buffer_t buffer = ggml_backend_alloc_ctx_tensors(context_, backend_);
        for (const auto & [tensor, data] : inputs_) {
            ggml_backend_tensor_set(tensor, data, 0, ggml_nbytes(tensor));
        }
        Values first;
        bool same = true;
        for (int threads = 1; threads <= 3; ++threads) {
            const auto setThreads = reinterpret_cast<ggml_backend_set_n_threads_t>(ggml_backend_reg_get_proc_address(
                ggml_backend_dev_backend_reg(ggml_backend_get_device(backend_)), "ggml_backend_set_n_threads"));
            setThreads(backend_, threads);
            ggml_backend_graph_compute(backend_, graph);
            Values got(expected.size());
            ggml_backend_tensor_get(result, got.data(), 0, got.size() * sizeof(float));
            if (threads == 1) {
                first = got;
            }
            same = same && std::memcmp(first.data(), got.data(), got.size() * sizeof(float)) == 0;
        }
        ggml_backend_buffer_free(buffer);
        double error = 0;
        double size = 0;
        double worst = 0;
        for (size_t i = 0; i < expected.size(); ++i) {
            const double off = std::fabs(double(first[i]) - expected[i]);
            error += off * off;
            size += double(expected[i]) * expected[i];
            worst = std::isfinite(first[i]) ? std::max(worst, off) : INFINITY;
        }
        const double typical = std::sqrt(size / double(expected.size()));
        error = std::sqrt(error / double(expected.size())) / typical;
        // A value far off among many is a mistake too.
        const bool good = error < bound && worst < 20 * bound * typical;
        g_failed = g_failed || !good;
        std::printf("%s %s: error %.2e of %.0e%s\n", good ? "good" : "BAD ", name.c_str(), error, bound,
                    same ? "" : ", depends on the threads");
    }

  private:
    ggml_backend_t backend_;
    ggml_context * context_;
    std::vector<std::pair<ggml_tensor *, const void *>> inputs_;
};

void checkProduct(ggml_backend_t backend, int64_t rows, int64_t columns, int64_t depth) {
    const Values weights = noise(size_t(rows * depth));
    const Values input = noise(size_t(columns * depth));
    std::vector<char> quantised(ggml_row_size(GGML_TYPE_Q8_0, depth) * size_t(rows));
    ggml_quantize_chunk(GGML_TYPE_Q8_0, weights.data(), quantised.data(), 0, rows, depth, nullptr);
    Values kept(weights.size());
    ggml_get_type_traits(GGML_TYPE_Q8_0)->to_float(quantised.data(), kept.data(), int64_t(kept.size()));
    Values expected(size_t(rows * columns));
    for (int64_t c = 0; c < columns; ++c) {
        for (int64_t r = 0; r < rows; ++r) {
            double sum = 0;
            for (int64_t k = 0; k < depth; ++k) {
                sum += double(kept[size_t(r * depth + k)]) * input[size_t(c * depth + k)];
            }
            expected[size_t(c * rows + r)] = float(sum);
        }
    }
    Operation operation(backend);
    ggml_tensor * a = ggml_new_tensor_2d(operation.context(), GGML_TYPE_Q8_0, depth, rows);
    ggml_tensor * b = ggml_new_tensor_2d(operation.context(), GGML_TYPE_F32, depth, columns);
    operation.give(a, quantised.data());
    operation.give(b, input.data());
    operation.compare("product " + std::to_string(rows) + " x " + std::to_string(depth) + " x " + std::to_string(columns),
                      ggml_mul_mat(operation.context(), a, b), expected, 1e-2);
}

void checkAttention(ggml_backend_t backend, int64_t queries, int64_t keys, int64_t heads, bool masked) {
    constexpr int64_t kWidth = 64;
    const int64_t state = kWidth * heads;
    const Values q = noise(size_t(queries * state));
    const auto k = halves(noise(size_t(keys * state)));
    const auto v = halves(noise(size_t(keys * state)));
    Values mask(size_t(queries * keys), 0.0f);
    if (masked) {
        for (int64_t i = 0; i < queries * keys; ++i) {
            mask[size_t(i)] = i % keys > 0 && g_random() % 3 == 0 ? -INFINITY : 0.0f;
        }
    }
    const auto maskHalves = halves(mask);
    const float scale = 0.125f;
    Values expected(size_t(queries * state));
    std::vector<double> weights(static_cast<size_t>(keys));
    for (int64_t h = 0; h < heads; ++h) {
        for (int64_t i = 0; i < queries; ++i) {
            double total = 0;
            for (int64_t j = 0; j < keys; ++j) {
                double dot = 0;
                for (int64_t d = 0; d < kWidth; ++d) {
                    dot += double(q[size_t(i * state + h * kWidth + d)]) *
                           ggml_fp16_to_fp32(k[size_t(j * state + h * kWidth + d)]);
                }
                weights[size_t(j)] = std::exp(dot * scale + mask[size_t(i * keys + j)]);
                total += weights[size_t(j)];
            }
            for (int64_t d = 0; d < kWidth; ++d) {
                double sum = 0;
                for (int64_t j = 0; j < keys; ++j) {
                    sum += weights[size_t(j)] * ggml_fp16_to_fp32(v[size_t(j * state + h * kWidth + d)]);
                }
                expected[size_t((i * heads + h) * kWidth + d)] = float(sum / total);
            }
        }
    }
    Operation operation(backend);
    ggml_context * context = operation.context();
    ggml_tensor * queryRows = ggml_new_tensor_3d(context, GGML_TYPE_F32, kWidth, heads, queries);
    ggml_tensor * keyRows = ggml_new_tensor_3d(context, GGML_TYPE_F16, kWidth, heads, keys);
    ggml_tensor * valueRows = ggml_new_tensor_3d(context, GGML_TYPE_F16, kWidth, heads, keys);
    ggml_tensor * maskRows = masked ? ggml_new_tensor_2d(context, GGML_TYPE_F16, keys, queries) : nullptr;
    operation.give(queryRows, q.data());
    operation.give(keyRows, k.data());
    operation.give(valueRows, v.data());
    if (masked) {
        operation.give(maskRows, maskHalves.data());
    }
    const auto byHead = [&](ggml_tensor * rows) { return ggml_permute(context, rows, 0, 2, 1, 3); };
    operation.compare("attention of " + std::to_string(queries) + " to " + std::to_string(keys) + ", " +
                          std::to_string(heads) + " heads" + (masked ? ", masked" : ""),
                      ggml_flash_attn_ext(context, byHead(queryRows), byHead(keyRows), byHead(valueRows), maskRows,
                                          scale, 0.0f, 0.0f),
                      expected, 2e-3);
}

void checkGelu(ggml_backend_t backend, int64_t count) {
    Values input = noise(size_t(count));
    for (float & value : input) {
        value *= 4;
    }
    Values expected(input.size());
    for (size_t i = 0; i < input.size(); ++i) {
        const double x = input[i];
        expected[i] = float(x / 2 * (1 + std::tanh(std::sqrt(2 / std::acos(-1.0)) * (x + 0.044715 * x * x * x))));
    }
    Operation operation(backend);
    ggml_tensor * values = ggml_new_tensor_1d(operation.context(), GGML_TYPE_F32, count);
    operation.give(values, input.data());
    operation.compare("gelu of " + std::to_string(count), ggml_gelu(operation.context(), values), expected, 1e-3);
}

}  // namespace

int main(int count, char ** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "Usage: kernel-check BACKEND\n");
        return 2;
    }
    if (std::filesystem::is_directory(arguments[1])) {
        ggml_backend_load_all_from_path(arguments[1]);
    } else {
        ggml_backend_load(arguments[1]);
    }
    ggml_backend_t backend = ggml_backend_init_by_type(GGML_BACKEND_DEVICE_TYPE_CPU, nullptr);
    if (backend == nullptr) {
        std::fprintf(stderr, "no backend suits this processor\n");
        return 2;
    }
    for (const auto & [rows, columns, depth] : std::vector<std::tuple<int64_t, int64_t, int64_t>>{
             {512, 150, 512}, {512, 25, 2048}, {2048, 17, 512}, {384, 61, 384}, {70, 33, 64}, {5, 16, 96},
             {1009, 1, 512},  {1009, 5, 512},  {512, 3, 2048},  {384, 7, 384},  {33, 15, 64}, {40, 4, 96}}) {
        checkProduct(backend, rows, columns, depth);
    }
    for (const int64_t queries : {1, 5, 15, 16, 150}) {
        for (const int64_t keys : {1, 33, 150, 1500}) {
            checkAttention(backend, queries, keys, queries == 5 ? 6 : 8, false);
            if (keys == 150) {
                checkAttention(backend, queries, keys, 8, true);
            }
        }
    }
    checkGelu(backend, 1003);
    ggml_backend_free(backend);
    return g_failed ? 1 : 0;
}
