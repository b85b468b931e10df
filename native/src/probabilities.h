// Probabilities of tokens from what the decoder says of each, computed faster than whisper.cpp computes them.
#pragma once

#include <cstddef>
#include <vector>

namespace voicesync {

// The logarithms of the softmax of `count` numbers, which may be -infinity; at least one must not be.
// `logProbabilities` may not overlap `logits`.
void logSoftmax(const float * logits, size_t count, float * logProbabilities);

// e to the power of `count` numbers that are not above zero: what is -infinity, or too small to tell from it, becomes 0.
void exponentials(const float * powers, size_t count, float * results);

// The places of the `wanted` highest of `count` numbers, the highest first and of equal ones the earlier first; fewer
// where fewer are above -infinity.
std::vector<size_t> highestPlaces(const float * values, size_t count, size_t wanted);

}  // namespace voicesync
