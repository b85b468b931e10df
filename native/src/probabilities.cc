#include "probabilities.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "processor-versions.h"

namespace voicesync {
namespace {

// Sums are kept in as many lanes as the widest vector holds, so that a compiler needs no licence to reorder them.
constexpr size_t kLanes = 16;
// Below, a float's exponent would no longer hold the result.
constexpr float kSmallest = -87.0f;

// e^x for x ≤ 0, without a branch and without a call, so that a loop of it becomes vector instructions: x = n·ln 2 + r
// with |r| ≤ ln 2 / 2, and e^r by a polynomial; the constants are those of Cephes' expf (S. L. Moshier). Right to two
// units in the last place.
inline float exponential(float x) {
    const float clamped = x < kSmallest ? kSmallest : x;
    const float rounder = 12582912.0f;  // 1.5 · 2^23: adding and subtracting it rounds to whole numbers
    const float n = (clamped * 1.44269504088896341f + rounder) - rounder;
    const float r = (clamped - n * 0.693359375f) + n * 2.12194440e-4f;
    float power = 1.9875691500e-4f;
    power = power * r + 1.3981999507e-3f;
    power = power * r + 8.3334519073e-3f;
    power = power * r + 4.1665795894e-2f;
    power = power * r + 1.6666665459e-1f;
    power = power * r + 5.0000001201e-1f;
    power = power * r * r + r + 1.0f;
    const int32_t bits = (int32_t(n) + 127) << 23;
    float scale;
    std::memcpy(&scale, &bits, sizeof scale);
    return x < kSmallest ? 0.0f : power * scale;
}

FOR_EACH_PROCESSOR
float highestOf(const float * values, size_t count) {
    float lanes[kLanes];
    std::fill(lanes, lanes + kLanes, -INFINITY);
    size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        for (size_t lane = 0; lane < kLanes; ++lane) {
            lanes[lane] = values[i + lane] > lanes[lane] ? values[i + lane] : lanes[lane];
        }
    }
    float highest = -INFINITY;
    for (; i < count; ++i) {
        highest = std::max(highest, values[i]);
    }
    for (const float lane : lanes) {
        highest = std::max(highest, lane);
    }
    return highest;
}

FOR_EACH_PROCESSOR
float sumOfExponentials(const float * values, size_t count, float highest) {
    float lanes[kLanes] = {};
    size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        for (size_t lane = 0; lane < kLanes; ++lane) {
            lanes[lane] += exponential(values[i + lane] - highest);
        }
    }
    float sum = 0;
    for (; i < count; ++i) {
        sum += exponential(values[i] - highest);
    }
    for (const float lane : lanes) {
        sum += lane;
    }
    return sum;
}

FOR_EACH_PROCESSOR
void subtract(const float * values, size_t count, float amount, float * results) {
    for (size_t i = 0; i < count; ++i) {
        results[i] = values[i] - amount;
    }
}

}  // namespace

void logSoftmax(const float * logits, size_t count, float * logProbabilities) {
    const float highest = highestOf(logits, count);
    const float logSum = std::log(sumOfExponentials(logits, count, highest)) + highest;
    subtract(logits, count, logSum, logProbabilities);
}

FOR_EACH_PROCESSOR
void exponentials(const float * powers, size_t count, float * results) {
    for (size_t i = 0; i < count; ++i) {
        results[i] = exponential(powers[i]);
    }
}

std::vector<size_t> highestPlaces(const float * values, size_t count, size_t wanted) {
    std::vector<size_t> places;
    // Most stretches hold nothing that is high enough, which their highest value tells.
    constexpr size_t kStretch = 1024;
    float bar = -INFINITY;
    for (size_t begin = 0; begin < count; begin += kStretch) {
        const size_t end = std::min(count, begin + kStretch);
        if (!(highestOf(values + begin, end - begin) > bar)) {
            continue;
        }
        for (size_t i = begin; i < end; ++i) {
            if (!(values[i] > bar)) {
                continue;
            }
            const auto before = std::find_if(places.begin(), places.end(),
                                             [&](size_t place) { return values[place] < values[i]; });
            places.insert(before, i);
            if (places.size() > wanted) {
                places.pop_back();
            }
            if (places.size() == wanted) {
                bar = values[places.back()];
            }
        }
    }
    return places;
}

}  // namespace voicesync
