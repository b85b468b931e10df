// What the addon needs of whisper.cpp, as plain C++: no Node here, so that it can be read, and run, by itself.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "voice-activity.h"

namespace voicesync {

// Why a task failed; the names are those of the contract's EngineFailure.
enum class Failure { aborted, modelUnusable, outOfMemory, inferenceFailed };

// A failure with its reason. The text is for developers: it names no file and holds no transcript.
class EngineError : public std::runtime_error {
  public:
    EngineError(Failure reason, const std::string & text) : std::runtime_error(text), reason(reason) {}
    const Failure reason;
};

// Raised by the thread that wants a task to end, read by the task.
using AbortFlag = std::atomic<bool>;

// One text token. Times in milliseconds of the given audio.
struct Token {
    std::string bytes;  // a piece of UTF-8, not always whole characters
    int64_t startMs;
    int64_t endMs;
    float probability;
};

// A span of text as whisper.cpp decided it.
struct Segment {
    int64_t startMs;
    int64_t endMs;
    float meanLogProb;
    float noSpeechProbability;
    std::vector<Token> tokens;
};

struct LoadOptions {
    bool gpu = false;
    bool flashAttention = false;
    // The attention heads by which words are timed: whisper.cpp's name of a model's alignment heads, or "shape" for those of
    // the official model of the same shape, if there is one. Empty for none: then by timestamps and the sound's energy.
    std::string alignmentPreset;
    int alignmentTopLayers = 0;  // or all heads of this many top text layers
};

struct TranscribeOptions {
    std::string language;  // a code, or "auto"
    bool translate = false;
    std::string prompt;
    int threads = 1;
    uint32_t seed = 0;
    bool beam = false;
    int breadth = 1;
    float temperature = 0;
    float temperatureStep = 0;
    float entropyThreshold = 0;
    float logProbThreshold = 0;
    float noSpeechThreshold = 0;
    bool suppressNonSpeech = true;
    int audioContext = 0;  // encoder frames of 20 ms; 0 for all
};

// Called on the inference thread.
struct TranscribeListener {
    std::function<void(std::vector<Segment>)> segments;
    std::function<void(int percent)> progress;
};

struct LanguageGuess {
    std::string language;
    float probability;
};

// What was heard in the audio of one task.
struct Transcription {
    std::vector<Segment> segments;
    // The languages that the audio's beginning sounds like, the likeliest first; empty where nothing was decoded, and for
    // models of one language.
    std::vector<LanguageGuess> languages;
};

// A loaded Whisper model with one decoding state. Not for two threads at once.
class WhisperModel {
  public:
    // Throws EngineError.
    static std::unique_ptr<WhisperModel> load(const std::string & file, const LoadOptions & options);
    virtual ~WhisperModel() = default;
    virtual bool multilingual() const = 0;
    // 16 kHz mono samples. Every call starts from the same decoder state: equal calls give equal results.
    virtual Transcription transcribe(const std::vector<float> & pcm, const TranscribeOptions & options,
                                     const TranscribeListener & listener, const AbortFlag & abort) = 0;
    // Languages of the beginning of the audio, the likeliest first. `audioContext` as in TranscribeOptions.
    virtual std::vector<LanguageGuess> detectLanguage(const std::vector<float> & pcm, int threads, int audioContext,
                                                      const AbortFlag & abort) = 0;
};

// A loaded Silero voice activity model. Not for two threads at once.
class SpeechModel {
  public:
    // Throws EngineError.
    static std::unique_ptr<SpeechModel> load(const std::string & file);
    virtual ~SpeechModel() = default;
    // The probability of speech, 0 to 1, in each chunk of 512 samples of 16 kHz mono sound; the last chunk is completed
    // with silence. `memory` is what the model remembers of the sound before, and becomes what it remembers of this too.
    virtual std::vector<float> probabilities(const std::vector<float> & pcm, VoiceMemory & memory,
                                             const AbortFlag & abort) = 0;
};

// Loads the CPU backend that suits this machine from `directory` (absolute), once per process, and takes over the
// logs of whisper.cpp and ggml, so that nothing is printed. Throws EngineError if no backend fits.
void initialise(const std::string & directory);

const char * whisperVersion();
std::string systemInfo();
// The file name of the CPU backend that was loaded, as `libggml-cpu-zen4.so`.
std::string backendFile();

}  // namespace voicesync
