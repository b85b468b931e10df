// Checks model files before whisper.cpp reads them, because it trusts every number in them.
#pragma once

#include <istream>

namespace voicesync {

// Throws EngineError(modelUnusable) unless the stream is a whole Whisper model in whisper.cpp's ggml format:
// magic, parameters within what the code can hold, vocabulary, and every weight to its last byte.
// Format: whisper.cpp models/convert-pt-to-ggml.py. Leaves the stream at its beginning.
void checkWhisperFile(std::istream & file);

// The same for Silero weights. Format: whisper.cpp models/convert-silero-vad-to-ggml.py.
void checkSpeechFile(std::istream & file);

}  // namespace voicesync
