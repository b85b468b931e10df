// The log-mel spectrogram that Whisper hears, computed faster than whisper.cpp computes it.
#pragma once

#include <vector>

namespace voicesync {

// A log-mel spectrogram as whisper.cpp keeps it: band by band, each band with all its frames.
struct Spectrogram {
    std::vector<float> values;
    int frames = 0;     // with the 30 s of silence that Whisper is given behind the audio
    int ownFrames = 0;  // of the audio itself
};

// Computes the spectrogram of 16 kHz samples, at least 201 of them, the way OpenAI's whisper/audio.py does: frames of
// 400 samples every 160, Hann window, reflected at the beginning, the power of 201 frequencies weighted by `filters`
// (bands × 201, row by row), logarithm, 8 decades below the loudest at most. `threads` share the work; the result does
// not depend on their number.
Spectrogram logMelSpectrogram(const float * samples, int count, const float * filters, int bands, int threads);

}  // namespace voicesync
