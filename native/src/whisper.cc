// The engine over whisper.cpp. It includes whisper.cpp's source instead of linking it, to reach what the library does
// not export: the sampler's random state, the abort switch of its graph computations and the parts of its language
// detection. Written against 1.9.1; build.ts refuses any other tree.
#include "engine.h"
#include "probabilities.h"
#include "spectrogram.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "model-file.h"

// whisper.cpp ends the process when an inner assertion fails. Here that fails the task instead.
[[noreturn]] static void whisperAssertionFailed() { throw std::runtime_error("an assertion of whisper.cpp failed"); }
// These come first, so that the change below meets whisper.cpp alone.
#include <algorithm>
#include <cassert>
#include <cfloat>
#include <climits>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <map>
#include <numeric>
#include <random>
#include <regex>
#include <set>
#include <thread>
#ifdef _MSC_VER
#include <codecvt>
#endif
#include "ggml-alloc.h"
#include "ggml-backend.h"
#include "ggml-cpp.h"
#include "ggml.h"
#include "whisper.h"
// whisper.cpp's functions of these names take their input as const. What it passes is not, so these fit better, and the
// compiler chooses them where whisper.cpp calls its own.
struct whisper_batch;
constexpr size_t kLogitsWorthThreads = 12 << 20;  // bytes
static bool whisper_decode_internal(whisper_context & context, whisper_state & state, whisper_batch & batch, int threads,
                                    bool keepAttention, ggml_abort_callback abort, void * abortData);
static void whisper_compute_logprobs(std::vector<float> & logits, int count, std::vector<float> & logprobs) {
    voicesync::logSoftmax(logits.data(), size_t(count), logprobs.data());
}
static void whisper_compute_probs(std::vector<float> &, int count, std::vector<float> & logprobs,
                                  std::vector<float> & probs) {
    voicesync::exponentials(logprobs.data(), size_t(count), probs.data());
}
// Of its own beam search, whisper.cpp samples each beam's next tokens at random. Where it calls its function, the macro adds
// an argument that only this one takes; where it defines it, a parameter that nothing is passed for.
struct Likeliest {};
struct whisper_decoder;
static std::vector<whisper_token_data> whisper_sample_token_topk(whisper_context & context, whisper_decoder & decoder,
                                                                 int count, Likeliest);
#define whisper_sample_token_topk(context, decoder, count) \
    whisper_sample_token_topk(context, decoder, count, Likeliest())
// It fills the keys of attention up to a multiple of 256, for graphics processors of old, and lets what is there take part.
#undef GGML_PAD
#define GGML_PAD(x, n) ((n) == 256 ? (x) : ((x) + (n) - 1) / (n) * (n))
#define abort whisperAssertionFailed
#include "whisper.cpp"
#undef abort
#undef whisper_sample_token_topk
#include "cross-attention.h"

// The tokens that are likeliest to follow a beam.
static std::vector<whisper_token_data> whisper_sample_token_topk(whisper_context & context, whisper_decoder & decoder,
                                                                 int count, Likeliest) {
    const auto & probabilities = decoder.probs;
    const auto firstTime = probabilities.begin() + context.vocab.token_beg;
    const auto likeliestTime = std::max_element(firstTime, probabilities.end());
    const float timeSum = float(std::accumulate(firstTime, probabilities.end(), 0.0));
    std::vector<whisper_token_data> tokens;
    for (const size_t id :
         voicesync::highestPlaces(decoder.logprobs.data(), decoder.logprobs.size(), size_t(count))) {
        whisper_token_data token{};
        token.id = whisper_token(id);
        token.p = probabilities[id];
        token.plog = decoder.logprobs[id];
        token.ptsum = timeSum;
        const bool isTime = token.id >= context.vocab.token_beg;
        token.tid = isTime ? token.id : whisper_token(likeliestTime - probabilities.begin());
        token.pt = isTime ? token.p : float(*likeliestTime / (timeSum + 1e-10));
        token.t0 = token.t1 = token.t_dtw = -1;
        tokens.push_back(token);
    }
    return tokens;
}

// Decodes with one thread where each would have too little to do between two of their meetings.
static bool whisper_decode_internal(whisper_context & context, whisper_state & state, whisper_batch & batch, int threads,
                                    bool keepAttention, ggml_abort_callback abort, void * abortData) {
    // The matrix that gives the logits is most of what a small model reads for a token (README.md has the measurements).
    const bool isSmall = ggml_nbytes(context.model.d_te) < kLogitsWorthThreads;
    return whisper_decode_internal(context, state, std::as_const(batch), isSmall ? 1 : threads, keepAttention, abort,
                                   abortData);
}

namespace voicesync {
namespace {

constexpr int kSampleRate = 16000;
// whisper.cpp reads this much beyond the samples it is given, and answers nothing for less than 100 ms.
constexpr size_t kReadBeyond = 400;
constexpr size_t kShortest = kSampleRate / 10;
constexpr size_t kLongestPromptBytes = 4000;

std::string g_backendFile;

// The newest error line of this thread, for the failure that follows it.
thread_local std::string t_lastError;

void keepLog(ggml_log_level level, const char * text, void *) {
    const std::string line(text, strcspn(text, "\n"));
    if (level == GGML_LOG_LEVEL_ERROR) {
        t_lastError = line;
    }
    // The only place where ggml says which of several backend files it chose.
    const std::string chosen = "load_backend: loaded CPU backend from ";
    if (line.compare(0, chosen.size(), chosen) == 0) {
        g_backendFile = std::filesystem::u8path(line.substr(chosen.size())).filename().u8string();
    }
}

[[noreturn]] void failInference(const char * what) {
    throw EngineError(Failure::inferenceFailed, t_lastError.empty() ? what : t_lastError);
}

// Runs `work`, turning whatever whisper.cpp or the standard library throws into an EngineError.
template <typename Work>
auto guarded(Failure otherwise, Work && work) -> decltype(work()) {
    t_lastError.clear();
    try {
        return work();
    } catch (const EngineError &) {
        throw;
    } catch (const std::bad_alloc &) {
        throw EngineError(Failure::outOfMemory, "out of memory");
    } catch (const std::exception & error) {
        throw EngineError(otherwise, t_lastError.empty() ? error.what() : t_lastError);
    }
}

// The abort flag of the task that runs now, where ggml looks after every node of a graph: inside the encoder too, into
// which whisper.cpp itself passes no abort callback.
class AbortSwitch {
  public:
    void attach(const std::vector<ggml_backend_t> & backends) {
        for (ggml_backend_t backend : backends) {
            ggml_backend_dev_t device = ggml_backend_get_device(backend);
            ggml_backend_reg_t registry = device ? ggml_backend_dev_backend_reg(device) : nullptr;
            if (registry == nullptr) {
                continue;
            }
            const auto setCallback = reinterpret_cast<ggml_backend_set_abort_callback_t>(
                ggml_backend_reg_get_proc_address(registry, "ggml_backend_set_abort_callback"));
            if (setCallback) {
                setCallback(backend, &AbortSwitch::raised, this);
            }
        }
    }

    // Called on the inference thread, while and after a graph is computed.
    static bool raised(void * self) {
        const auto & own = *static_cast<AbortSwitch *>(self);
        if (own.onCompute) {
            own.onCompute();
        }
        return own.flag_ != nullptr && own.flag_->load(std::memory_order_relaxed);
    }

    std::function<void()> onCompute;

    // Watches a flag for as long as it lives.
    class Watch {
      public:
        Watch(AbortSwitch & owner, const AbortFlag & flag) : owner_(owner) { owner_.flag_ = &flag; }
        ~Watch() { owner_.flag_ = nullptr; }

      private:
        AbortSwitch & owner_;
    };

  private:
    const AbortFlag * flag_ = nullptr;
};

void throwIfAborted(const AbortFlag & abort) {
    if (abort.load(std::memory_order_relaxed)) {
        throw EngineError(Failure::aborted, "aborted");
    }
}

// A file as whisper.cpp's loader reads it. Reading beyond the end fails, except where the loader looks for the end.
struct FileSource {
    std::ifstream file;
    int readsAtEnd = 0;

    whisper_model_loader loader() {
        return {
            this,
            [](void * self, void * output, size_t size) -> size_t {
                auto & source = *static_cast<FileSource *>(self);
                source.file.read(static_cast<char *>(output), std::streamsize(size));
                const auto got = size_t(source.file.gcount());
                if (got < size) {
                    // The three numbers of a weight's head are read before the end is asked for.
                    if (got > 0 || size > sizeof(int32_t) || ++source.readsAtEnd > 3) {
                        throw EngineError(Failure::modelUnusable, "the file is cut short");
                    }
                    memset(output, 0, size);
                }
                return got;
            },
            [](void * self) { return static_cast<FileSource *>(self)->file.eof(); },
            [](void *) {},
        };
    }
};

std::ifstream openFile(const std::string & file) {
    std::ifstream stream(std::filesystem::u8path(file), std::ios::binary);
    if (!stream) {
        throw EngineError(Failure::modelUnusable, "the file cannot be opened");
    }
    return stream;
}

const std::map<std::string, whisper_alignment_heads_preset> kAlignmentPresets = {
    {"tiny.en", WHISPER_AHEADS_TINY_EN},     {"tiny", WHISPER_AHEADS_TINY},
    {"base.en", WHISPER_AHEADS_BASE_EN},     {"base", WHISPER_AHEADS_BASE},
    {"small.en", WHISPER_AHEADS_SMALL_EN},   {"small", WHISPER_AHEADS_SMALL},
    {"medium.en", WHISPER_AHEADS_MEDIUM_EN}, {"medium", WHISPER_AHEADS_MEDIUM},
    {"large.v1", WHISPER_AHEADS_LARGE_V1},   {"large.v2", WHISPER_AHEADS_LARGE_V2},
    {"large.v3", WHISPER_AHEADS_LARGE_V3},   {"large.v3.turbo", WHISPER_AHEADS_LARGE_V3_TURBO},
};

// The name of the official model that has this shape, or nothing: the first two large ones have the same, and others were
// made smaller than what they come from, so that they have other heads.
std::string presetOfShape(const whisper_context & context) {
    const auto & hparams = context.model.hparams;
    const std::string language = whisper_is_multilingual(const_cast<whisper_context *>(&context)) ? "" : ".en";
    struct Shape {
        int audioLayers, textLayers, textHeads;
        const char * name;
    };
    for (const Shape & shape : {Shape{4, 4, 6, "tiny"}, Shape{6, 6, 8, "base"}, Shape{12, 12, 12, "small"},
                                Shape{24, 24, 16, "medium"}}) {
        if (hparams.n_audio_layer == shape.audioLayers && hparams.n_text_layer == shape.textLayers &&
            hparams.n_text_head == shape.textHeads) {
            return shape.name + language;
        }
    }
    if (hparams.n_audio_layer == 32 && hparams.n_text_head == 20 && hparams.n_vocab == 51866) {
        return hparams.n_text_layer == 32 ? "large.v3" : hparams.n_text_layer == 4 ? "large.v3.turbo" : "";
    }
    return "";
}

// The heads that the options name. Throws where the model has no such heads.
std::vector<AlignmentHead> alignmentHeads(const whisper_context & context, const LoadOptions & options) {
    const auto & hparams = context.model.hparams;
    std::vector<AlignmentHead> heads;
    for (int layer = hparams.n_text_layer - options.alignmentTopLayers; layer < hparams.n_text_layer; ++layer) {
        for (int head = 0; head < hparams.n_text_head; ++head) {
            heads.push_back({layer, head});
        }
    }
    const std::string name =
        options.alignmentPreset == "shape" ? presetOfShape(context) : options.alignmentPreset;
    if (!name.empty()) {
        const auto preset = kAlignmentPresets.find(name);
        if (preset == kAlignmentPresets.end()) {
            throw EngineError(Failure::modelUnusable, "there are no alignment heads of this name");
        }
        const auto & named = g_aheads.at(preset->second);
        for (size_t i = 0; i < named.n_heads; ++i) {
            heads.push_back({named.heads[i].n_text_layer, named.heads[i].n_head});
        }
    }
    for (const auto & head : heads) {
        if (head.layer < 0 || head.layer >= hparams.n_text_layer || head.head >= hparams.n_text_head) {
            throw EngineError(Failure::modelUnusable, "the alignment heads are those of another model");
        }
    }
    return heads;
}

whisper_context_params contextParams(const LoadOptions & options) {
    whisper_context_params params = whisper_context_default_params();
    params.use_gpu = options.gpu;
    params.flash_attn = options.flashAttention;
    return params;
}

std::vector<float> padded(const std::vector<float> & pcm) {
    std::vector<float> samples(pcm);
    samples.resize(pcm.size() + kReadBeyond, 0.0f);
    return samples;
}

// The mean loudness around each sample: whisper.cpp's get_signal_energy in one pass instead of one for each neighbour.
std::vector<float> signalEnergy(const std::vector<float> & samples, size_t length, size_t halfWindow) {
    std::vector<double> sums(length + 1, 0.0);
    for (size_t i = 0; i < length; ++i) {
        sums[i + 1] = sums[i] + std::fabs(samples[i]);
    }
    std::vector<float> energy(length);
    for (size_t i = 0; i < length; ++i) {
        const size_t begin = i > halfWindow ? i - halfWindow : 0;
        const size_t end = std::min(length, i + halfWindow + 1);
        energy[i] = float((sums[end] - sums[begin]) / double(2 * halfWindow + 1));
    }
    return energy;
}

// The prompt's last part, as the tokens that precede the window's own.
std::vector<whisper_token> promptTokens(whisper_context & context, const std::string & prompt) {
    const size_t first = prompt.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) {
        return {};
    }
    std::string text = prompt.substr(first);
    if (text.size() > kLongestPromptBytes) {
        size_t begin = text.size() - kLongestPromptBytes;
        while (begin < text.size() && (text[begin] & 0xC0) == 0x80) {
            ++begin;
        }
        text = text.substr(begin);
    }
    return tokenize(context.vocab, " " + text);
}

// The tokens that whisper.cpp suppresses as no speech. It looks each of them up by its text for every token it chooses.
std::vector<whisper_token> nonSpeechTokens(const whisper_vocab & vocab) {
    std::vector<whisper_token> found;
    const auto add = [&](const std::string & text) {
        const auto entry = vocab.token_to_id.find(text);
        if (entry != vocab.token_to_id.end()) {
            found.push_back(entry->second);
        }
    };
    for (const std::string & text : non_speech_tokens) {
        add(text);
        add(" " + text);
    }
    // Within a word they are speech.
    add(" -");
    add(" '");
    return found;
}

// Whether a token's bytes are blanks and punctuation alone; that of other scripts by the Unicode blocks which hold it.
bool isPunctuation(const std::string & bytes) {
    size_t i = 0;
    while (i < bytes.size()) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        const auto next = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0;
        if (byte < 0x80 && !std::isalnum(byte)) {
            i += 1;
        } else if (byte == 0xC2) {
            i += 2;
        } else if ((byte == 0xE2 && next == 0x80) || (byte == 0xE3 && next == 0x80) || (byte == 0xEF && next == 0xBC)) {
            i += 3;
        } else {
            return false;
        }
    }
    return true;
}

class WhisperModelImpl : public WhisperModel {
  public:
    WhisperModelImpl(whisper_context * context, std::vector<AlignmentHead> heads)
        : context_(context), heads_(std::move(heads)), nonSpeech_(nonSpeechTokens(context->vocab)),
          state_(whisper_init_state(context)) {
        if (state_ == nullptr) {
            whisper_free(context_);
            throw EngineError(Failure::outOfMemory, t_lastError);
        }
        abortSwitch_.attach(state_->backends);
    }

    ~WhisperModelImpl() override {
        whisper_free_state(state_);
        whisper_free(context_);
    }

    bool multilingual() const override { return whisper_is_multilingual(context_) != 0; }

    Transcription transcribe(const std::vector<float> & pcm, const TranscribeOptions & options,
                             const TranscribeListener & listener, const AbortFlag & abort) override {
        return guarded(Failure::inferenceFailed, [&] {
            if (pcm.size() < kShortest) {
                return Transcription();
            }
            throwIfAborted(abort);
            AbortSwitch::Watch watch(abortSwitch_, abort);
            ensureState();
            std::string language = options.language;
            if (!multilingual()) {
                language = "en";
            } else if (language == "auto") {
                language = guessLanguages(pcm, options.threads, options.audioContext, abort).front().language;
            } else if (whisper_lang_id(language.c_str()) < 0 ||
                       whisper_lang_id(language.c_str()) >= context_->vocab.num_languages()) {
                throw EngineError(Failure::inferenceFailed, "the model knows no such language");
            }
            return Run(*this, pcm, options, language, listener, abort).transcription();
        });
    }

    std::vector<LanguageGuess> detectLanguage(const std::vector<float> & pcm, int threads, int audioContext,
                                              const AbortFlag & abort) override {
        return guarded(Failure::inferenceFailed, [&] {
            throwIfAborted(abort);
            if (!multilingual()) {
                return std::vector<LanguageGuess>{{"en", 1.0f}};
            }
            AbortSwitch::Watch watch(abortSwitch_, abort);
            ensureState();
            return guessLanguages(pcm, threads, audioContext, abort);
        });
    }

  private:
    // One transcription: its parameters, and what whisper.cpp's callbacks need.
    class Run {
      public:
        Run(WhisperModelImpl & model, const std::vector<float> & pcm, const TranscribeOptions & options,
            const std::string & language, const TranscribeListener & listener, const AbortFlag & abort)
            : model_(model), options_(options), language_(language), listener_(listener), abort_(abort),
              samples_(padded(pcm)), length_(int(pcm.size())), prompt_(promptTokens(*model.context_, options.prompt)) {
            model_.abortSwitch_.onCompute = [this] { keepLogitsAfterStart(); };
        }
        ~Run() { model_.abortSwitch_.onCompute = nullptr; }
        Run(const Run &) = delete;
        Run & operator=(const Run &) = delete;

        Transcription transcription() {
            model_.giveSpectrogram(samples_, length_, options_.threads);
            // Without samples it hears the spectrogram that is there.
            const int code = whisper_full_with_state(model_.context_, model_.state_, params(), nullptr, 0);
            if (code == -7) {
                model_.state_ = nullptr;  // whisper.cpp has freed it
                throw EngineError(Failure::outOfMemory, t_lastError);
            }
            throwIfAborted(abort_);
            if (code != 0) {
                failInference("whisper.cpp gave up");
            }
            endStretch();
            return {std::move(segments_), std::move(languages_)};
        }

      private:
        whisper_full_params params() {
            whisper_full_params params = whisper_full_default_params(
                options_.beam ? WHISPER_SAMPLING_BEAM_SEARCH : WHISPER_SAMPLING_GREEDY);
            params.print_progress = false;
            params.print_timestamps = false;
            params.n_threads = options_.threads;
            params.language = language_.c_str();
            params.translate = options_.translate;
            params.token_timestamps = false;  // timeTokens() does it
            params.audio_ctx = options_.audioContext;
            params.suppress_blank = true;
            params.suppress_nst = false;  // suppress() does it
            params.greedy.best_of = options_.breadth;
            params.beam_search.beam_size = options_.breadth;
            params.temperature = options_.temperature;
            params.temperature_inc = options_.temperatureStep;
            params.entropy_thold = options_.entropyThreshold;
            params.logprob_thold = options_.logProbThreshold;
            params.no_speech_thold = options_.noSpeechThreshold;
            // The prompt, and never text of its own, precedes each decoding: room for exactly its tokens.
            params.no_context = true;
            params.carry_initial_prompt = true;
            params.prompt_tokens = prompt_.data();
            params.prompt_n_tokens = int(prompt_.size());
            params.n_max_text_ctx = prompt_.empty() ? 0 : int(prompt_.size()) + 1;

            params.encoder_begin_callback = [](whisper_context *, whisper_state *, void * self) {
                static_cast<Run *>(self)->beginStretch();
                return true;
            };
            params.encoder_begin_callback_user_data = this;
            params.abort_callback = &AbortSwitch::raised;
            params.abort_callback_user_data = &model_.abortSwitch_;
            params.progress_callback = [](whisper_context *, whisper_state *, int percent, void * self) {
                static_cast<Run *>(self)->base_ = percent;
                static_cast<Run *>(self)->progress(percent);
            };
            params.progress_callback_user_data = this;
            // Between two calls of the progress callback lies a whole window; the timestamps being decided say how far in it is.
            params.logits_filter_callback = [](whisper_context * context, whisper_state *,
                                               const whisper_token_data * tokens, int count, float * logits,
                                               void * self) {
                auto & run = *static_cast<Run *>(self);
                run.suppress(logits);
                if (count == 0) {
                    run.correctNoSpeech();
                }
                if (count > 0 && tokens[count - 1].id > whisper_token_beg(context)) {
                    const int64_t samples =
                        int64_t(tokens[count - 1].id - whisper_token_beg(context)) * 2 * (kSampleRate / 100);
                    run.progress(int(std::min<int64_t>(99, run.base_ + 100 * samples / run.length_)));
                }
            };
            params.logits_filter_callback_user_data = this;
            return params;
        }

        // The sampler's seeds are those of a new whisper.cpp state, wherever a former task left them.
        void beginStretch() {
            endStretch();
            if (started_) {
                return;
            }
            started_ = true;
            whisper_state & state = *model_.state_;
            for (int j = 0; j < WHISPER_MAX_DECODERS; ++j) {
                state.decoders[j].rng = std::mt19937(options_.seed * WHISPER_MAX_DECODERS + uint32_t(j));
            }
        }

        // The probability of no speech is what the model says after its start token. whisper.cpp reads it from the prompt's
        // first row of logits, which it has not fetched: whatever an earlier decoding left there. The batch says which
        // rows are fetched after the computation, so the right one is asked for during it, and read before it is used.
        void keepLogitsAfterStart() {
            whisper_batch & batch = model_.state_->batch;
            if (batch.n_tokens >= tokensFromStart()) {
                batch.logits[batch.n_tokens - tokensFromStart()] = 1;
                kept_ = true;
            }
        }

        // Called with the prompt's logits, before the first token of a candidate is chosen.
        void correctNoSpeech() {
            whisper_state & state = *model_.state_;
            const int row = state.batch.n_tokens - tokensFromStart();
            state.no_speech_prob = 0.0f;
            if (!kept_ || row < 0) {
                return;
            }
            const size_t count = model_.context_->vocab.id_to_token.size();
            const float * logits = state.logits.data() + size_t(row) * count;
            // What follows the start token is a language: these are the logits of a language detection, at no cost.
            if (languages_.empty() && model_.multilingual()) {
                languages_ = model_.guessesFrom(logits);
            }
            const float highest = *std::max_element(logits, logits + count);
            double sum = 0;
            for (size_t i = 0; i < count; ++i) {
                sum += std::exp(logits[i] - highest);
            }
            state.no_speech_prob =
                float(std::exp(logits[whisper_token_nosp(model_.context_)] - highest) / sum);
        }

        // The start token, in multilingual models those of language and task, and in the first distilled models the one
        // for "no timestamps".
        int tokensFromStart() const {
            const auto & hparams = model_.context_->model.hparams;
            const bool distilled = hparams.n_text_layer == 2 && hparams.n_vocab != 51866;
            return (model_.multilingual() ? 3 : 1) + (distilled ? 1 : 0);
        }

        // Times and copies what was decided in the stretch that was decoded last, while the sound it was heard in is still
        // encoded.
        void endStretch() {
            const auto & all = model_.state_->result_all;
            const size_t first = segments_.size();
            if (first == all.size()) {
                return;
            }
            const auto & tokens = all[first].tokens;
            stretchStart_ = all[first].t0 -
                            (tokens.empty() ? 0 : 2 * int64_t(tokens.front().tid - whisper_token_beg(model_.context_)));
            for (size_t i = first; i < all.size(); ++i) {
                timeTokens(i);
            }
            alignStretch(first);
            std::vector<Segment> fresh;
            for (size_t i = first; i < all.size(); ++i) {
                segments_.push_back(copy(all[i]));
                fresh.push_back(segments_.back());
            }
            if (listener_.segments) {
                listener_.segments(std::move(fresh));
            }
        }

        // Computes the token times, in whisper.cpp's place: 1.9.1 is wrong about them in all segments but one that begins at
        // 0. It counts them from the end of the segment before, timestamp tokens from the audio's start instead of the
        // decoded stretch's, and fits both to the sound's energy at the wrong place. So it is told the right origins, and
        // given the energy from the segment's start on.
        void timeTokens(size_t index) {
            whisper_state & state = *model_.state_;
            whisper_segment & segment = state.result_all[index];
            const size_t begin = size_t(std::max<int64_t>(0, segment.t0) * (kSampleRate / 100));
            if (begin >= size_t(length_) || segment.tokens.empty()) {
                return;
            }
            if (energy_.empty()) {
                energy_ = signalEnergy(samples_, size_t(length_), 32);
            }
            const whisper_token zero = whisper_token_beg(model_.context_);
            for (auto & token : segment.tokens) {
                token.t0 = token.t1 = -1;
            }
            state.t_beg = stretchStart_;
            state.t_last = segment.t0;
            state.tid_last = zero + whisper_token((segment.t0 - stretchStart_) / 2);
            state.energy.assign(energy_.begin() + std::ptrdiff_t(begin), energy_.end());
            whisper_exp_compute_token_level_timestamps(*model_.context_, state, int(index), 0.01f, 0.01f);
        }

        // Gives the text tokens of a stretch, whose segments begin with `first`, the times at which the model's alignment heads
        // looked where they are spoken. Without such heads, or where the model has no room for all of them, the times stay.
        void alignStretch(size_t first) {
            whisper_state & state = *model_.state_;
            whisper_context * context = model_.context_;
            std::vector<whisper_token> read = {whisper_token_sot(context)};
            if (model_.multilingual()) {
                read.push_back(whisper_token_lang(context, whisper_lang_id(language_.c_str())));
                read.push_back(options_.translate ? whisper_token_translate(context) : whisper_token_transcribe(context));
            }
            // What is said next is looked for when the token before it is read, the first at "no timestamps".
            const int before = int(read.size());
            read.push_back(whisper_token_not(context));
            std::vector<whisper_token_data *> spoken;
            for (size_t i = first; i < state.result_all.size(); ++i) {
                for (auto & token : state.result_all[i].tokens) {
                    if (token.id < whisper_token_eot(context)) {
                        read.push_back(token.id);
                        spoken.push_back(&token);
                    }
                }
            }
            read.push_back(whisper_token_eot(context));
            const int64_t end = std::min<int64_t>(state.result_all.back().t1, length_ / (kSampleRate / 100));
            const int encoded = state.exp_n_audio_ctx > 0 ? state.exp_n_audio_ctx : context->model.hparams.n_audio_ctx;
            const int frames = int(std::min<int64_t>((end - stretchStart_) / 2, encoded));
            if (model_.heads_.empty() || spoken.empty() || frames < 1 ||
                int(read.size()) > context->model.hparams.n_text_ctx) {
                return;
            }
            auto weights = attentionOf(model_.heads_, read, frames, *context, state, options_.threads);
            throwIfAborted(abort_);
            if (weights.values.empty()) {
                failInference("the words could not be aligned");
            }
            std::vector<bool> silent;
            for (const auto * token : spoken) {
                silent.push_back(isPunctuation(whisper_token_to_str(context, token->id)));
            }
            const size_t begin = std::min(size_t(length_), size_t(stretchStart_) * (kSampleRate / 100));
            const auto loud = loudFrames(samples_.data() + begin, size_t(length_) - begin);
            const auto spans = alignTokens(std::move(weights), before, loud, silent);
            for (size_t i = 0; i < spoken.size(); ++i) {
                spoken[i]->t0 = stretchStart_ + spans[i].begin;
                spoken[i]->t1 = stretchStart_ + spans[i].end;
            }
            keepInside(first);
        }

        // The model's timestamps are independent of where it looked. Where a token reaches beyond its segment it is cut there.
        void keepInside(size_t first) {
            auto & segments = model_.state_->result_all;
            for (size_t i = first; i < segments.size(); ++i) {
                const int64_t begin = segments[i].t0;
                const int64_t end = std::max(begin, segments[i].t1);
                for (auto & token : segments[i].tokens) {
                    token.t0 = std::clamp<int64_t>(token.t0, begin, end);
                    token.t1 = std::clamp<int64_t>(token.t1, begin, end);
                }
            }
        }

        Segment copy(const whisper_segment & from) const {
            // The last segment may claim to reach to the end of the 30 s that the encoder sees.
            const auto time = [this](int64_t units) {
                return std::min<int64_t>(units * 10, int64_t(length_) * 1000 / kSampleRate);
            };
            Segment segment{time(from.t0), time(from.t1), 0.0f, from.no_speech_prob, {}};
            for (const auto & token : from.tokens) {
                if (token.id >= whisper_token_eot(model_.context_)) {
                    continue;
                }
                segment.meanLogProb += token.plog;
                segment.tokens.push_back(
                    {whisper_token_to_str(model_.context_, token.id), time(token.t0), time(token.t1), token.p});
            }
            segment.meanLogProb /= float(std::max<size_t>(1, segment.tokens.size()));
            return segment;
        }

        // Called for every token by several threads at once, like whatever the filter of logits calls.
        void suppress(float * logits) const {
            if (!options_.suppressNonSpeech) {
                return;
            }
            for (const whisper_token token : model_.nonSpeech_) {
                logits[token] = -INFINITY;
            }
        }

        // Called by several threads at once while several candidates are decoded.
        void progress(int percent) {
            int before = reported_.load();
            while (percent > before && !reported_.compare_exchange_weak(before, percent)) {
            }
            if (percent > before && listener_.progress) {
                listener_.progress(percent);
            }
        }

        WhisperModelImpl & model_;
        const TranscribeOptions & options_;
        const std::string language_;
        const TranscribeListener & listener_;
        const AbortFlag & abort_;
        const std::vector<float> samples_;
        const int length_;
        const std::vector<whisper_token> prompt_;
        std::vector<float> energy_;
        std::vector<Segment> segments_;
        // Of the first stretch that was decoded.
        std::vector<LanguageGuess> languages_;
        // Where the stretch that is being decoded starts, in units of 10 ms.
        int64_t stretchStart_ = 0;
        std::atomic<int> base_{0};
        std::atomic<int> reported_{-1};
        bool started_ = false;
        bool kept_ = false;
    };

    void ensureState() {
        if (state_ == nullptr) {
            state_ = whisper_init_state(context_);
            if (state_ == nullptr) {
                throw EngineError(Failure::outOfMemory, t_lastError);
            }
            abortSwitch_.attach(state_->backends);
        }
    }

    void giveSpectrogram(const std::vector<float> & samples, int length, int threads) {
        const whisper_filters & filters = context_->model.filters;
        Spectrogram spectrogram = logMelSpectrogram(samples.data(), length, filters.data.data(), filters.n_mel, threads);
        whisper_mel & mel = state_->mel;
        mel.n_mel = filters.n_mel;
        mel.n_len = spectrogram.frames;
        mel.n_len_org = spectrogram.ownFrames;
        mel.data = std::move(spectrogram.values);
    }

    // whisper_lang_auto_detect_with_state, but abortable and with an audio context of choice.
    std::vector<LanguageGuess> guessLanguages(const std::vector<float> & pcm, int threads, int audioContext,
                                              const AbortFlag & abort) {
        const auto samples = padded(pcm);
        giveSpectrogram(samples, int(std::max(pcm.size(), kShortest)), threads);
        state_->exp_n_audio_ctx = std::min(std::max(audioContext, 0), context_->model.hparams.n_audio_ctx);
        const auto stop = [&](const char * what) {
            throwIfAborted(abort);
            failInference(what);
        };
        if (!whisper_encode_internal(*context_, *state_, 0, threads, &AbortSwitch::raised, &abortSwitch_)) {
            stop("the encoder failed");
        }
        const whisper_token start = whisper_token_sot(context_);
        whisper_kv_cache_clear(state_->kv_self);
        whisper_batch_prep_legacy(state_->batch, &start, 1, 0, 0);
        if (!whisper_decode_internal(*context_, *state_, state_->batch, threads, false, &AbortSwitch::raised,
                                     &abortSwitch_)) {
            stop("the decoder failed");
        }

        return guessesFrom(state_->logits.data());
    }

    // The languages by the logits of the token after the start token, the likeliest first.
    std::vector<LanguageGuess> guessesFrom(const float * logits) const {
        std::vector<LanguageGuess> guesses;
        float highest = -INFINITY;
        for (const auto & entry : g_lang) {
            const int id = entry.second.first;
            if (id < context_->vocab.num_languages()) {
                guesses.push_back({entry.first, logits[whisper_token_lang(context_, id)]});
                highest = std::max(highest, guesses.back().probability);
            }
        }
        float sum = 0;
        for (auto & guess : guesses) {
            guess.probability = std::exp(guess.probability - highest);
            sum += guess.probability;
        }
        for (auto & guess : guesses) {
            guess.probability /= sum;
        }
        std::stable_sort(guesses.begin(), guesses.end(),
                         [](const auto & a, const auto & b) { return a.probability > b.probability; });
        return guesses;
    }

    whisper_context * context_;
    const std::vector<AlignmentHead> heads_;
    const std::vector<whisper_token> nonSpeech_;
    whisper_state * state_;
    AbortSwitch abortSwitch_;
};

class SpeechModelImpl : public SpeechModel {
  public:
    explicit SpeechModelImpl(std::istream & file) : network_(readSpeechFile(file)) {}

    std::vector<float> probabilities(const std::vector<float> & pcm, VoiceMemory & memory,
                                     const AbortFlag & abort) override {
        return guarded(Failure::inferenceFailed, [&] {
            std::vector<float> samples(pcm);
            samples.resize((pcm.size() + kVoiceChunk - 1) / kVoiceChunk * kVoiceChunk, 0.0f);
            std::vector<float> found(samples.size() / kVoiceChunk);
            for (size_t done = 0; done < found.size(); done += kChunksBetweenAborts) {
                throwIfAborted(abort);
                network_.run(samples.data() + done * kVoiceChunk, std::min(kChunksBetweenAborts, found.size() - done),
                             memory, found.data() + done);
            }
            return found;
        });
    }

  private:
    // Some ten milliseconds.
    static constexpr size_t kChunksBetweenAborts = 240;

    VoiceActivityNetwork network_;
};

}  // namespace

std::unique_ptr<WhisperModel> WhisperModel::load(const std::string & file, const LoadOptions & options) {
    return guarded(Failure::modelUnusable, [&]() -> std::unique_ptr<WhisperModel> {
        const auto params = contextParams(options);
        FileSource source{openFile(file)};
        checkWhisperFile(source.file);
        auto loader = source.loader();
        whisper_context * context = whisper_init_with_params_no_state(&loader, params);
        if (context == nullptr) {
            throw EngineError(Failure::modelUnusable, t_lastError);
        }
        std::vector<AlignmentHead> heads;
        try {
            heads = alignmentHeads(*context, options);
        } catch (...) {
            whisper_free(context);
            throw;
        }
        return std::make_unique<WhisperModelImpl>(context, std::move(heads));
    });
}

std::unique_ptr<SpeechModel> SpeechModel::load(const std::string & file) {
    return guarded(Failure::modelUnusable, [&]() -> std::unique_ptr<SpeechModel> {
        std::ifstream stream = openFile(file);
        return std::make_unique<SpeechModelImpl>(stream);
    });
}

void initialise(const std::string & directory) {
    static std::mutex mutex;
    std::lock_guard<std::mutex> lock(mutex);
    if (ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU) != nullptr) {
        return;
    }
    whisper_log_set(keepLog, nullptr);
    ggml_log_set(keepLog, nullptr);
    // ggml would load whatever library GGML_BACKEND_PATH names. The others are read when the backend brings OpenMP's
    // library in: a thread that waits for the others spins for a moment, since on a quiet machine they come at once, and
    // then yields its core to whatever else the machine is busy with (README.md has the measurements).
#ifdef _WIN32
    _putenv_s("GGML_BACKEND_PATH", "");
#else
    unsetenv("GGML_BACKEND_PATH");
    setenv("OMP_WAIT_POLICY", "passive", 1);
    setenv("GOMP_SPINCOUNT", "1000", 1);
#endif
    ggml_backend_load_all_from_path(directory.c_str());
    if (ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU) == nullptr) {
        throw EngineError(Failure::inferenceFailed, "no CPU backend in the addon's folder suits this processor");
    }
}

const char * whisperVersion() { return whisper_version(); }

std::string systemInfo() { return whisper_print_system_info(); }

std::string backendFile() { return g_backendFile; }

}  // namespace voicesync
