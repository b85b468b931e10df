// Checks model files before whisper.cpp reads them, because it trusts every number in them.
#pragma once

#include <istream>
#include <map>
#include <string>
#include <vector>

namespace voicesync {

// Throws EngineError(modelUnusable) unless the stream is a whole Whisper model in whisper.cpp's ggml format:
// magic, parameters within what the code can hold, vocabulary, and every weight to its last byte.
// Format: whisper.cpp models/convert-pt-to-ggml.py. Leaves the stream at its beginning.
void checkWhisperFile(std::istream & file);

// Reads Silero weights (versions 5 and 6, 16 kHz) as 32-bit floats, by their names in the file, each in the file's order:
// the last dimension changes slowest. Throws EngineError(modelUnusable) unless all are there, whole and of the right
// shape, and nothing else. Format: whisper.cpp models/convert-silero-vad-to-ggml.py.
std::map<std::string, std::vector<float>> readSpeechFile(std::istream & file);

}  // namespace voicesync
