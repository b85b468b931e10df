#include "spectrogram.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <thread>

#include "processor-versions.h"

namespace voicesync {
namespace {

constexpr int kFrame = 400;
constexpr int kHop = 160;
constexpr int kHalf = kFrame / 2;
constexpr int kBins = kHalf + 1;
constexpr int kQuarter = kHalf / 2;
constexpr int kRow = 112;  // frequencies 0 to kQuarter, rounded up to whole vectors
constexpr int kSilence = 30 * 16000;
constexpr double kQuietest = 1e-10;

// Cosines and sines of the Fourier transform, and the window. Row n holds sample n's share in every frequency.
struct Tables {
    std::array<std::array<float, kRow>, kHalf + 1> cosine{};
    std::array<std::array<float, kRow>, kHalf + 1> sine{};
    std::array<float, kFrame> hann{};

    Tables() {
        const double turn = 2 * std::acos(-1.0) / kFrame;
        for (int n = 0; n <= kHalf; n++) {
            for (int k = 0; k <= kQuarter; k++) {
                // Reduced first, so that large angles lose nothing.
                const int step = n * k % kFrame;
                cosine[n][k] = float(std::cos(turn * step));
                sine[n][k] = float(std::sin(turn * step));
            }
        }
        for (int n = 0; n < kFrame; n++) {
            hann[n] = float(0.5 * (1 - std::cos(turn * n)));
        }
    }
};

const Tables & tables() {
    static const Tables made;
    return made;
}

// The power of a real frame at frequencies 0 to 200. Sample n and its mirror image 400 − n share their cosine, and their
// sines differ in sign alone; so do frequency k and its mirror image 200 − k, with a sign that changes with n. A quarter of
// the products is enough. What is left is plain multiplication and addition along rows, which a vector unit does faster
// than the branches of a fast transform of this length.
FOR_EACH_PROCESSOR
void powerSpectrum(const float * frame, const Tables & table, float * power) {
    float sum[kHalf + 1];
    float difference[kHalf + 1];
    for (int n = 1; n < kHalf; n++) {
        sum[n] = frame[n] + frame[kFrame - n];
        difference[n] = frame[n] - frame[kFrame - n];
    }
    sum[kHalf] = frame[kHalf];
    difference[kHalf] = 0;

    float evenReal[kRow];
    float oddReal[kRow] = {};
    float evenImaginary[kRow] = {};
    float oddImaginary[kRow] = {};
    std::fill(evenReal, evenReal + kRow, frame[0]);
    // Four rows at a time: what is summed up is loaded and stored less often.
    for (int n = 1; n < kHalf; n += 4) {
        const auto * cosine = &table.cosine[n];
        const auto * sine = &table.sine[n];
        for (int k = 0; k < kRow; k++) {
            oddReal[k] += sum[n] * cosine[0][k] + sum[n + 2] * cosine[2][k];
            evenReal[k] += sum[n + 1] * cosine[1][k] + sum[n + 3] * cosine[3][k];
            oddImaginary[k] += difference[n] * sine[0][k] + difference[n + 2] * sine[2][k];
            evenImaginary[k] += difference[n + 1] * sine[1][k] + difference[n + 3] * sine[3][k];
        }
    }
    for (int k = 0; k <= kQuarter; k++) {
        const auto squared = [](float real, float imaginary) { return real * real + imaginary * imaginary; };
        power[k] = squared(evenReal[k] + oddReal[k], evenImaginary[k] + oddImaginary[k]);
        power[kHalf - k] = squared(evenReal[k] - oddReal[k], evenImaginary[k] - oddImaginary[k]);
    }
}

// The frequencies of one band: outside, its weights are zero.
struct Band {
    int from;
    int to;
};

std::vector<Band> bandsOf(const float * filters, int bands) {
    std::vector<Band> found(bands, Band{0, 0});
    for (int band = 0; band < bands; band++) {
        const float * weights = filters + band * kBins;
        int to = kBins;
        while (to > 0 && weights[to - 1] == 0) {
            to--;
        }
        int from = 0;
        while (from < to && weights[from] == 0) {
            from++;
        }
        found[band] = {from, to};
    }
    return found;
}

}  // namespace

Spectrogram logMelSpectrogram(const float * samples, int count, const float * filters, int bands, int threads) {
    Spectrogram result;
    result.frames = (count + kSilence + kFrame - kFrame) / kHop;
    result.ownFrames = 1 + (count + kHalf - kFrame) / kHop;
    result.values.assign(size_t(bands) * result.frames, float(std::log10(kQuietest)));

    // Half a frame reflected in front; behind, silence.
    std::vector<float> padded(size_t(count) + kFrame, 0.0f);
    std::reverse_copy(samples + 1, samples + 1 + kHalf, padded.begin());
    std::copy(samples, samples + count, padded.begin() + kHalf);
    const int heard = std::min((count + kHalf) / kHop + 1, result.frames);
    const std::vector<Band> edges = bandsOf(filters, bands);
    const Tables & table = tables();

    const auto work = [&](int first) {
        float frame[kFrame];
        float power[kBins];
        for (int i = first; i < heard; i += threads) {
            const size_t offset = size_t(i) * kHop;
            const int available = int(std::min<size_t>(kFrame, padded.size() - offset));
            for (int n = 0; n < kFrame; n++) {
                frame[n] = n < available ? table.hann[n] * padded[offset + n] : 0.0f;
            }
            powerSpectrum(frame, table, power);
            for (int band = 0; band < bands; band++) {
                const float * weights = filters + band * kBins;
                double sum = 0;
                for (int k = edges[band].from; k < edges[band].to; k++) {
                    sum += power[k] * weights[k];
                }
                result.values[size_t(band) * result.frames + i] = float(std::log10(std::max(sum, kQuietest)));
            }
        }
    };
    std::vector<std::thread> helpers;
    for (int thread = 1; thread < threads; thread++) {
        helpers.emplace_back(work, thread);
    }
    work(0);
    for (auto & helper : helpers) {
        helper.join();
    }

    const float floor = *std::max_element(result.values.begin(), result.values.end()) - 8.0f;
    for (float & value : result.values) {
        value = (std::max(value, floor) + 4.0f) / 4.0f;
    }
    return result;
}

}  // namespace voicesync
