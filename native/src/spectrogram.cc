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
constexpr int kRow = 208;  // kBins, rounded up to whole vectors
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
            for (int k = 0; k < kBins; k++) {
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
// sines differ in sign alone, so half of the products are enough. What is left is plain multiplication and addition
// along rows, which a vector unit does faster than the branches of a fast transform of this length.
FOR_EACH_PROCESSOR
void powerSpectrum(const float * frame, const Tables & table, float * power) {
    float real[kRow];
    float imaginary[kRow];
    for (int k = 0; k < kRow; k++) {
        real[k] = frame[0] + frame[kHalf] * table.cosine[kHalf][k];
        imaginary[k] = 0;
    }
    for (int n = 1; n < kHalf; n++) {
        const float even = frame[n] + frame[kFrame - n];
        const float odd = frame[n] - frame[kFrame - n];
        const float * cosine = table.cosine[n].data();
        const float * sine = table.sine[n].data();
        for (int k = 0; k < kRow; k++) {
            real[k] += even * cosine[k];
            imaginary[k] += odd * sine[k];
        }
    }
    for (int k = 0; k < kRow; k++) {
        power[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
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
        float power[kRow];
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
