#include "alignment.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "processor-versions.h"

namespace voicesync {
namespace {

// Frames over which a median is taken, so that a single one does not pull the path.
constexpr int kMedian = 7;
// Samples to a frame of 10 ms; its loudness is that of twice as many.
constexpr size_t kLoudHop = 160;
// Between the quietest tenth of the frames and the loudest twentieth, in decibels, speech begins here.
constexpr float kSpeechBegins = 0.3f;
// Frames of 10 ms: a gap no longer than this is no pause, and a token may have this much of one at its ends.
constexpr int kNoPause = 12;
constexpr int kBearable = 8;
// How much stays around speech where a pause is cut off.
constexpr int kMargin = 2;

// Makes the weights of each frame comparable: a frame that everything looks at says nothing.
FOR_EACH_PROCESSOR
void standardise(float * weights, int tokens, int frames) {
    std::vector<double> sum(size_t(frames), 0.0);
    std::vector<double> squares(size_t(frames), 0.0);
    for (int token = 0; token < tokens; token++) {
        const float * row = weights + size_t(token) * frames;
        for (int frame = 0; frame < frames; frame++) {
            sum[frame] += row[frame];
            squares[frame] += double(row[frame]) * row[frame];
        }
    }
    for (int frame = 0; frame < frames; frame++) {
        const double mean = sum[frame] / tokens;
        sum[frame] = mean;
        squares[frame] = 1 / std::sqrt(std::max(squares[frame] / tokens - mean * mean, 1e-18));
    }
    for (int token = 0; token < tokens; token++) {
        float * row = weights + size_t(token) * frames;
        for (int frame = 0; frame < frames; frame++) {
            row[frame] = float((row[frame] - sum[frame]) * squares[frame]);
        }
    }
}

// Adds running medians of seven, for frames whose neighbours are all there: the middle of a sorting network, without
// branches, so that a loop of it becomes vector instructions (the network is N. Devillard's opt_med7).
FOR_EACH_PROCESSOR
void addMedians(const float * row, int frames, float * to) {
    for (int frame = 0; frame < frames; frame++) {
        float a = row[frame], b = row[frame + 1], c = row[frame + 2], d = row[frame + 3], e = row[frame + 4],
              f = row[frame + 5], g = row[frame + 6];
        const auto sort = [](float & low, float & high) {
            const float smaller = low < high ? low : high;
            high = low < high ? high : low;
            low = smaller;
        };
        sort(a, f), sort(a, d), sort(b, g), sort(c, e), sort(a, b), sort(d, f), sort(c, g), sort(c, d), sort(d, g);
        sort(e, f), sort(b, e), sort(b, d), sort(d, e);
        to[frame] += d;
    }
}

enum Step : uint8_t { both, nextRow, nextFrame };

// The frame in which the path from the first row and frame to the last ones that collects the most attention enters each
// row.
std::vector<int> bestPath(const std::vector<float> & attention, int rows, int frames) {
    constexpr float kNever = std::numeric_limits<float>::infinity();
    std::vector<float> before(size_t(frames) + 1, kNever);
    std::vector<float> cost(size_t(frames) + 1, kNever);
    std::vector<Step> steps(size_t(rows) * frames);
    before[0] = 0;
    for (int row = 0; row < rows; row++) {
        cost[0] = kNever;
        for (int frame = 0; frame < frames; frame++) {
            const float costs[] = {before[frame], before[frame + 1], cost[frame]};
            Step step = nextFrame;
            if (costs[both] < costs[nextRow] && costs[both] < costs[nextFrame]) {
                step = both;
            } else if (costs[nextRow] < costs[both] && costs[nextRow] < costs[nextFrame]) {
                step = nextRow;
            }
            steps[size_t(row) * frames + frame] = step;
            cost[frame + 1] = costs[step] - attention[size_t(row) * frames + frame];
        }
        std::swap(before, cost);
    }
    std::vector<int> begins(size_t(rows), 0);
    int row = rows - 1;
    int frame = frames - 1;
    while (row >= 0 && frame >= 0) {
        begins[size_t(row)] = frame;
        const Step step = steps[size_t(row) * frames + frame];
        row -= step != nextFrame;
        frame -= step != nextRow;
    }
    return begins;
}

// The loud part of a span that drew the most attention; empty where nothing is loud.
FrameSpan loudPart(FrameSpan span, const std::vector<char> & loud, const float * attention, int frames) {
    FrameSpan best{span.begin, span.begin};
    float most = -1;
    for (int begin = span.begin; begin < span.end;) {
        int end = begin;
        float drawn = 0;
        while (end < span.end && loud[size_t(end)]) {
            drawn += std::max(0.0f, attention[std::min(end / 2, frames - 1)]);
            end++;
        }
        if (end > begin && drawn > most) {
            most = drawn;
            best = {begin, end};
        }
        begin = end + 1;
    }
    return best;
}

}  // namespace

std::vector<char> loudFrames(const float * samples, size_t count) {
    std::vector<float> loudness(count / kLoudHop);
    for (size_t frame = 0; frame < loudness.size(); frame++) {
        const size_t begin = frame * kLoudHop;
        const size_t end = std::min(count, begin + 2 * kLoudHop);
        double power = 0;
        for (size_t i = begin; i < end; i++) {
            power += double(samples[i]) * samples[i];
        }
        loudness[frame] = float(10 * std::log10(power / double(end - begin) + 1e-9));
    }
    // Digital silence, as it is put between pieces, says nothing about the room.
    std::vector<float> sorted;
    std::copy_if(loudness.begin(), loudness.end(), std::back_inserter(sorted), [](float one) { return one > -85; });
    std::sort(sorted.begin(), sorted.end());
    std::vector<char> loud(loudness.size(), 0);
    if (sorted.empty()) {
        return loud;
    }
    const float quietest = sorted[sorted.size() / 10];
    const float loudest = sorted[sorted.size() * 95 / 100];
    int last = -1;
    for (int frame = 0; frame < int(loud.size()); frame++) {
        if (loudness[size_t(frame)] >= quietest + kSpeechBegins * (loudest - quietest)) {
            if (last >= 0 && frame - last - 1 <= kNoPause) {
                std::fill(loud.begin() + last, loud.begin() + frame, 1);
            }
            loud[size_t(frame)] = 1;
            last = frame;
        }
    }
    return loud;
}

std::vector<FrameSpan> alignTokens(AttentionWeights weights, int first, const std::vector<char> & loud,
                                   const std::vector<bool> & silent) {
    const int frames = weights.frames;
    const int rows = weights.tokens - first - 1;
    std::vector<float> attention(size_t(rows) * frames, 0.0f);
    // The ends are reflected.
    std::vector<float> longer(size_t(frames) + kMedian - 1);
    for (int head = 0; head < weights.heads; head++) {
        float * own = weights.values.data() + size_t(head) * weights.tokens * frames;
        standardise(own, weights.tokens, frames);
        for (int row = 0; row < rows; row++) {
            const float * from = own + size_t(first + row) * frames;
            for (int i = 0; i < int(longer.size()); i++) {
                int at = std::abs(i - kMedian / 2);
                at = at < frames ? at : 2 * (frames - 1) - at;
                longer[size_t(i)] = from[std::max(at, 0)];
            }
            addMedians(longer.data(), frames, attention.data() + size_t(row) * frames);
        }
    }
    const std::vector<int> begins = bestPath(attention, rows, frames);

    std::vector<FrameSpan> spans;
    for (int row = 0; row + 1 < rows; row++) {
        FrameSpan span{2 * begins[size_t(row)], 2 * begins[size_t(row) + 1]};
        const FrameSpan heard{std::min(span.begin, int(loud.size())), std::min(span.end, int(loud.size()))};
        const FrameSpan part = loudPart(heard, loud, attention.data() + size_t(row) * frames, frames);
        if (part.begin == part.end) {
            if (silent[size_t(row)]) {
                const int end = spans.empty() ? span.begin : spans.back().end;
                span = {end, end};
            }
        } else {
            if (part.begin - span.begin > kBearable) {
                span.begin = part.begin - kMargin;
            }
            if (span.end - part.end > kBearable) {
                span.end = part.end + kMargin;
            }
        }
        spans.push_back(span);
    }
    return spans;
}

}  // namespace voicesync
