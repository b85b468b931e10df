// The addon's face: `initialise(folder)`, `endAll()`, `silenceOnnxRuntime()` and the class `Session`, a thread with at most one model on it. Everything is
// typed and documented in whisper.ts and onnx-runtime.ts, which alone use it.
#include <napi.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "engine.h"
#include "onnx-runtime.h"
#include "task-queue.h"

namespace voicesync {
namespace {

// Copies mono 16 kHz PCM, as Int16Array or Float32Array, to floats.
std::vector<float> copyPcm(const Napi::Value & value) {
    if (!value.IsTypedArray()) {
        throw Napi::TypeError::New(value.Env(), "PCM must be an Int16Array or a Float32Array");
    }
    const auto array = value.As<Napi::TypedArray>();
    std::vector<float> pcm(array.ElementLength());
    if (array.TypedArrayType() == napi_int16_array) {
        const int16_t * samples = value.As<Napi::Int16Array>().Data();
        for (size_t i = 0; i < pcm.size(); ++i) {
            pcm[i] = float(samples[i]) / 32768.0f;
        }
    } else if (array.TypedArrayType() == napi_float32_array) {
        if (!pcm.empty()) {
            memcpy(pcm.data(), value.As<Napi::Float32Array>().Data(), pcm.size() * sizeof(float));
        }
    } else {
        throw Napi::TypeError::New(value.Env(), "PCM must be an Int16Array or a Float32Array");
    }
    return pcm;
}

float number(const Napi::Object & from, const char * name) { return from.Get(name).ToNumber().FloatValue(); }
int integer(const Napi::Object & from, const char * name) { return from.Get(name).ToNumber().Int32Value(); }
bool flag(const Napi::Object & from, const char * name) { return from.Get(name).ToBoolean(); }
std::string text(const Napi::Object & from, const char * name) { return from.Get(name).ToString().Utf8Value(); }

TranscribeOptions transcribeOptions(const Napi::Object & from) {
    TranscribeOptions options;
    options.language = text(from, "language");
    options.translate = flag(from, "translate");
    options.prompt = text(from, "prompt");
    options.threads = integer(from, "threads");
    options.seed = from.Get("seed").ToNumber().Uint32Value();
    options.beam = text(from, "strategy") == "beam";
    options.breadth = integer(from, "breadth");
    options.temperature = number(from, "temperature");
    options.temperatureStep = number(from, "temperatureStep");
    options.entropyThreshold = number(from, "entropyThreshold");
    options.logProbThreshold = number(from, "logProbThreshold");
    options.noSpeechThreshold = number(from, "noSpeechThreshold");
    options.suppressNonSpeech = flag(from, "suppressNonSpeech");
    options.audioContext = integer(from, "audioContext");
    return options;
}

// The tokens' bytes in one array and their numbers in another: four each, as whisper.ts reads them.
Napi::Value segmentValue(Napi::Env env, const Segment & segment) {
    std::string bytes;
    for (const auto & token : segment.tokens) {
        bytes += token.bytes;
    }
    auto byteArray = Napi::Uint8Array::New(env, bytes.size());
    if (!bytes.empty()) {
        memcpy(byteArray.Data(), bytes.data(), bytes.size());
    }
    auto numbers = Napi::Float64Array::New(env, segment.tokens.size() * 4);
    size_t i = 0;
    for (const auto & token : segment.tokens) {
        numbers[i++] = double(token.bytes.size());
        numbers[i++] = double(token.startMs);
        numbers[i++] = double(token.endMs);
        numbers[i++] = token.probability;
    }
    auto object = Napi::Object::New(env);
    object.Set("startMs", double(segment.startMs));
    object.Set("endMs", double(segment.endMs));
    object.Set("meanLogProb", segment.meanLogProb);
    object.Set("noSpeechProbability", segment.noSpeechProbability);
    object.Set("bytes", byteArray);
    object.Set("tokens", numbers);
    return object;
}

ToJs segmentsValue(std::vector<Segment> segments) {
    return [segments = std::move(segments)](Napi::Env env) {
        auto array = Napi::Array::New(env, segments.size());
        for (size_t i = 0; i < segments.size(); ++i) {
            array.Set(uint32_t(i), segmentValue(env, segments[i]));
        }
        return array;
    };
}

Napi::Array guessesValue(Napi::Env env, const std::vector<LanguageGuess> & guesses) {
    auto array = Napi::Array::New(env, guesses.size());
    for (size_t i = 0; i < guesses.size(); ++i) {
        auto guess = Napi::Object::New(env);
        guess.Set("language", guesses[i].language);
        guess.Set("probability", guesses[i].probability);
        array.Set(uint32_t(i), guess);
    }
    return array;
}

ToJs transcriptionValue(Transcription heard) {
    return [segments = segmentsValue(std::move(heard.segments)),
            languages = std::move(heard.languages)](Napi::Env env) {
        auto object = Napi::Object::New(env);
        object.Set("segments", segments(env));
        object.Set("languages", guessesValue(env, languages));
        return object;
    };
}

[[noreturn]] void refuseWithoutModel() { throw EngineError(Failure::inferenceFailed, "no model is loaded"); }

class Session : public Napi::ObjectWrap<Session> {
  public:
    static Napi::Function define(Napi::Env env) {
        return DefineClass(env, "Session",
                           {
                               InstanceMethod<&Session::loadWhisper>("loadWhisper"),
                               InstanceMethod<&Session::loadSpeech>("loadSpeech"),
                               InstanceMethod<&Session::transcribe>("transcribe"),
                               InstanceMethod<&Session::detectLanguage>("detectLanguage"),
                               InstanceMethod<&Session::voiceActivity>("voiceActivity"),
                               InstanceMethod<&Session::free>("free"),
                           });
    }

    explicit Session(const Napi::CallbackInfo & info) : Napi::ObjectWrap<Session>(info), queue_(info.Env()) {}

  private:
    // The models live on the queue's thread; the wrapper owns them only by sharing this.
    struct Models {
        std::unique_ptr<WhisperModel> whisper;
        std::unique_ptr<SpeechModel> speech;
    };

    Napi::Value post(const Napi::CallbackInfo & info, Work work, Napi::Value listener) {
        return queue_.post(info.Env(), info.This().As<Napi::Object>(), std::move(work), listener);
    }

    Napi::Value loadWhisper(const Napi::CallbackInfo & info) {
        const std::string file = info[0].ToString().Utf8Value();
        const auto from = info[1].As<Napi::Object>();
        LoadOptions options;
        options.gpu = flag(from, "gpu");
        options.flashAttention = flag(from, "flashAttention");
        options.alignmentPreset = text(from, "alignmentPreset");
        options.alignmentTopLayers = integer(from, "alignmentTopLayers");
        return post(
            info,
            [models = models_, file, options](const AbortFlag &, const Emit &) -> ToJs {
                models->whisper = WhisperModel::load(file, options);
                const bool multilingual = models->whisper->multilingual();
                return [multilingual](Napi::Env env) { return Napi::Boolean::New(env, multilingual); };
            },
            info.Env().Undefined());
    }

    Napi::Value loadSpeech(const Napi::CallbackInfo & info) {
        const std::string file = info[0].ToString().Utf8Value();
        return post(
            info,
            [models = models_, file](const AbortFlag &, const Emit &) -> ToJs {
                models->speech = SpeechModel::load(file);
                return [](Napi::Env env) { return env.Undefined(); };
            },
            info.Env().Undefined());
    }

    Napi::Value transcribe(const Napi::CallbackInfo & info) {
        auto pcm = std::make_shared<std::vector<float>>(copyPcm(info[0]));
        const auto options = transcribeOptions(info[1].As<Napi::Object>());
        return post(
            info,
            [models = models_, pcm, options](const AbortFlag & abort, const Emit & emit) -> ToJs {
                if (!models->whisper) {
                    refuseWithoutModel();
                }
                const TranscribeListener listener{
                    [&emit](std::vector<Segment> fresh) { emit("segments", segmentsValue(std::move(fresh))); },
                    [&emit](int percent) {
                        emit("progress", [percent](Napi::Env env) { return Napi::Number::New(env, percent); });
                    },
                };
                return transcriptionValue(models->whisper->transcribe(*pcm, options, listener, abort));
            },
            info[2]);
    }

    Napi::Value detectLanguage(const Napi::CallbackInfo & info) {
        auto pcm = std::make_shared<std::vector<float>>(copyPcm(info[0]));
        const auto from = info[1].As<Napi::Object>();
        const int threads = integer(from, "threads");
        const int audioContext = integer(from, "audioContext");
        return post(
            info,
            [models = models_, pcm, threads, audioContext](const AbortFlag & abort, const Emit &) -> ToJs {
                if (!models->whisper) {
                    refuseWithoutModel();
                }
                const auto guesses = models->whisper->detectLanguage(*pcm, threads, audioContext, abort);
                return [guesses](Napi::Env env) { return guessesValue(env, guesses); };
            },
            info.Env().Undefined());
    }

    Napi::Value voiceActivity(const Napi::CallbackInfo & info) {
        auto pcm = std::make_shared<std::vector<float>>(copyPcm(info[0]));
        VoiceMemory memory;
        if (info[1].IsTypedArray()) {
            const auto state = info[1].As<Napi::Uint8Array>();
            if (state.ByteLength() != sizeof memory) {
                throw Napi::TypeError::New(info.Env(), "this is not the memory of this model");
            }
            memcpy(&memory, state.Data(), sizeof memory);
        }
        return post(
            info,
            [models = models_, pcm, memory](const AbortFlag & abort, const Emit &) mutable -> ToJs {
                if (!models->speech) {
                    refuseWithoutModel();
                }
                const auto found = models->speech->probabilities(*pcm, memory, abort);
                return [found, memory](Napi::Env env) {
                    auto probabilities = Napi::Float32Array::New(env, found.size());
                    std::copy(found.begin(), found.end(), probabilities.Data());
                    auto state = Napi::Uint8Array::New(env, sizeof memory);
                    memcpy(state.Data(), &memory, sizeof memory);
                    auto result = Napi::Object::New(env);
                    result.Set("probabilities", probabilities);
                    result.Set("state", state);
                    return result;
                };
            },
            info.Env().Undefined());
    }

    Napi::Value free(const Napi::CallbackInfo & info) {
        return queue_.close(info.Env(), info.This().As<Napi::Object>(), [models = models_] {
            models->whisper.reset();
            models->speech.reset();
        });
    }

    const std::shared_ptr<Models> models_ = std::make_shared<Models>();
    // Last, so that its thread has ended before the models go.
    TaskQueue queue_;
};

Napi::Value initialiseAddon(const Napi::CallbackInfo & info) {
    const auto env = info.Env();
    try {
        initialise(info[0].ToString().Utf8Value());
    } catch (const EngineError & error) {
        throw Napi::Error::New(env, error.what());
    }
    auto facts = Napi::Object::New(env);
    facts.Set("whisperVersion", whisperVersion());
    facts.Set("systemInfo", systemInfo());
    facts.Set("backendFile", backendFile());
    return facts;
}

Napi::Object initModule(Napi::Env env, Napi::Object exports) {
    exports.Set("initialise", Napi::Function::New(env, initialiseAddon));
    exports.Set("endAll", Napi::Function::New(env, [](const Napi::CallbackInfo & info) { TaskQueue::endAll(info.Env()); }));
    exports.Set("silenceOnnxRuntime", Napi::Function::New(env, [](const Napi::CallbackInfo & info) {
        return Napi::Boolean::New(info.Env(), silenceOnnxRuntime());
    }));
    exports.Set("Session", Session::define(env));
    return exports;
}

NODE_API_MODULE(voicesync, initModule)

}  // namespace
}  // namespace voicesync
