// Which stretch of sound each token belongs to: from how much attention the decoder paid to each place of the sound when it
// was about to say the token, by dynamic time warping, as OpenAI's whisper/timing.py; then without the pauses at its ends.
#pragma once

#include <cstddef>
#include <vector>

namespace voicesync {

// Attention of alignment heads: of each head, for each token, the shares of all frames of 20 ms, which sum up to 1.
struct AttentionWeights {
    int heads = 0;
    int tokens = 0;
    int frames = 0;
    std::vector<float> values;  // [head][token][frame]
};

// A stretch of frames of 10 ms, up to but not including `end`.
struct FrameSpan {
    int begin;
    int end;
};

// Which frames of 10 ms of 16 kHz samples are loud enough to be speech, against the quietest and loudest of them. Gaps that
// are too short to be pauses count as loud.
std::vector<char> loudFrames(const float * samples, size_t count);

// Where each token was spoken. The tokens before `first` and the last one only set the scene: what row `first` looked at is
// the first token spoken, what the last but one looked at is nothing's. `loud` are the sound's frames from the first one that
// was looked at on; `silent` says which of the spoken tokens are no words: in a pause these take no time. The spans follow one
// another.
std::vector<FrameSpan> alignTokens(AttentionWeights weights, int first, const std::vector<char> & loud,
                                   const std::vector<bool> & silent);

}  // namespace voicesync
