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

FileSource openModel(const std::string & file, void (*check)(std::istream &)) {
    FileSource source{std::ifstream(std::filesystem::u8path(file), std::ios::binary)};
    if (!source.file) {
        throw EngineError(Failure::modelUnusable, "the file cannot be opened");
    }
    check(source.file);
    return source;
}

const std::map<std::string, whisper_alignment_heads_preset> kDtwPresets = {
    {"tiny.en", WHISPER_AHEADS_TINY_EN},     {"tiny", WHISPER_AHEADS_TINY},
    {"base.en", WHISPER_AHEADS_BASE_EN},     {"base", WHISPER_AHEADS_BASE},
    {"small.en", WHISPER_AHEADS_SMALL_EN},   {"small", WHISPER_AHEADS_SMALL},
    {"medium.en", WHISPER_AHEADS_MEDIUM_EN}, {"medium", WHISPER_AHEADS_MEDIUM},
    {"large.v1", WHISPER_AHEADS_LARGE_V1},   {"large.v2", WHISPER_AHEADS_LARGE_V2},
    {"large.v3", WHISPER_AHEADS_LARGE_V3},   {"large.v3.turbo", WHISPER_AHEADS_LARGE_V3_TURBO},
};

whisper_context_params contextParams(const LoadOptions & options) {
    whisper_context_params params = whisper_context_default_params();
    params.use_gpu = options.gpu;
    params.flash_attn = options.flashAttention;
    if (!options.dtwPreset.empty()) {
        const auto preset = kDtwPresets.find(options.dtwPreset);
        if (preset == kDtwPresets.end()) {
            throw EngineError(Failure::modelUnusable, "there are no alignment heads of this name");
        }
        params.dtw_token_timestamps = true;
        params.dtw_aheads_preset = preset->second;
    } else if (options.dtwTopLayers > 0) {
        params.dtw_token_timestamps = true;
        params.dtw_aheads_preset = WHISPER_AHEADS_N_TOP_MOST;
        params.dtw_n_top = options.dtwTopLayers;
    }
    if (params.dtw_token_timestamps && params.flash_attn) {
        throw EngineError(Failure::modelUnusable, "flash attention hides the weights that DTW needs");
    }
    return params;
}

// whisper.cpp writes outside its buffers when a preset names heads that the model has not.
void checkAlignmentHeads(const whisper_context & context) {
    const auto & params = context.params;
    const auto & hparams = context.model.hparams;
    if (!params.dtw_token_timestamps) {
        return;
    }
    bool fits = true;
    if (params.dtw_aheads_preset == WHISPER_AHEADS_N_TOP_MOST) {
        fits = params.dtw_n_top <= hparams.n_text_layer;
    } else {
        const auto & heads = g_aheads.at(params.dtw_aheads_preset);
        for (size_t i = 0; i < heads.n_heads; ++i) {
            fits = fits && heads.heads[i].n_text_layer < hparams.n_text_layer &&
                   heads.heads[i].n_head < hparams.n_text_head;
        }
    }
    if (!fits) {
        throw EngineError(Failure::modelUnusable, "the alignment heads are those of another model");
    }
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

class WhisperModelImpl : public WhisperModel {
  public:
    explicit WhisperModelImpl(whisper_context * context)
        : context_(context), nonSpeech_(nonSpeechTokens(context->vocab)), state_(whisper_init_state(context)) {
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

    std::vector<Segment> transcribe(const std::vector<float> & pcm, const TranscribeOptions & options,
                                    const TranscribeListener & listener, const AbortFlag & abort) override {
        return guarded(Failure::inferenceFailed, [&] {
            if (pcm.size() < kShortest) {
                return std::vector<Segment>();
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
            return Run(*this, pcm, options, language, listener, abort).segments();
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

        std::vector<Segment> segments() {
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
            report();
            return std::move(segments_);
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
            params.new_segment_callback = [](whisper_context *, whisper_state *, int, void * self) {
                static_cast<Run *>(self)->report();
            };
            params.new_segment_callback_user_data = this;
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
            report();
            newStretch_ = true;
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

        // Copies what was decided since the last call. whisper.cpp's own count of new segments is wrong with DTW.
        void report() {
            const auto & all = model_.state_->result_all;
            std::vector<Segment> fresh;
            for (size_t i = segments_.size(); i < all.size(); ++i) {
                timeTokens(i);
                segments_.push_back(copy(all[i]));
                fresh.push_back(segments_.back());
            }
            if (!fresh.empty() && listener_.segments) {
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
            if (newStretch_) {
                newStretch_ = false;
                stretchStart_ = segment.t0 - 2 * int64_t(segment.tokens.front().tid - zero);
            }
            for (auto & token : segment.tokens) {
                token.t0 = token.t1 = -1;
            }
            state.t_beg = stretchStart_;
            state.t_last = segment.t0;
            state.tid_last = zero + whisper_token((segment.t0 - stretchStart_) / 2);
            state.energy.assign(energy_.begin() + std::ptrdiff_t(begin), energy_.end());
            whisper_exp_compute_token_level_timestamps(*model_.context_, state, int(index), 0.01f, 0.01f);
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
                segment.tokens.push_back({whisper_token_to_str(model_.context_, token.id), time(token.t0),
                                          time(token.t1), token.t_dtw < 0 ? -1 : time(token.t_dtw), token.p});
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
        // Where the stretch that is being decoded starts, in units of 10 ms.
        int64_t stretchStart_ = 0;
        bool newStretch_ = false;
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

        std::vector<LanguageGuess> guesses;
        float highest = -INFINITY;
        for (const auto & entry : g_lang) {
            const int id = entry.second.first;
            if (id < context_->vocab.num_languages()) {
                guesses.push_back({entry.first, state_->logits[size_t(whisper_token_lang(context_, id))]});
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
    const std::vector<whisper_token> nonSpeech_;
    whisper_state * state_;
    AbortSwitch abortSwitch_;
};

class SpeechModelImpl : public SpeechModel {
  public:
    explicit SpeechModelImpl(whisper_vad_context * context) : context_(context) {
        abortSwitch_.attach(context_->backends);
    }

    ~SpeechModelImpl() override { whisper_vad_free(context_); }

    std::vector<Span> detect(const std::vector<float> & pcm, const SpeechOptions & options,
                             const AbortFlag & abort) override {
        return guarded(Failure::inferenceFailed, [&] {
            std::vector<Span> spans;
            throwIfAborted(abort);
            if (pcm.empty()) {
                return spans;
            }
            AbortSwitch::Watch watch(abortSwitch_, abort);
            context_->n_threads = options.threads;
            whisper_vad_params params = whisper_vad_default_params();
            params.threshold = options.threshold;
            params.min_speech_duration_ms = options.minSpeechMs;
            params.min_silence_duration_ms = options.minSilenceMs;
            params.speech_pad_ms = options.padMs;
            const bool detected = whisper_vad_detect_speech(context_, pcm.data(), int(pcm.size()));
            // It hands over what it had when a computation failed, so the last error is asked too.
            throwIfAborted(abort);
            if (!detected || !t_lastError.empty()) {
                failInference("speech detection failed");
            }
            whisper_vad_segments * segments = whisper_vad_segments_from_probs(context_, params);
            if (segments == nullptr) {
                failInference("speech detection failed");
            }
            for (const auto & segment : segments->data) {
                spans.push_back({int64_t(segment.start * 10), int64_t(segment.end * 10)});
            }
            whisper_vad_free_segments(segments);
            return spans;
        });
    }

  private:
    whisper_vad_context * context_;
    AbortSwitch abortSwitch_;
};

}  // namespace

std::unique_ptr<WhisperModel> WhisperModel::load(const std::string & file, const LoadOptions & options) {
    return guarded(Failure::modelUnusable, [&]() -> std::unique_ptr<WhisperModel> {
        const auto params = contextParams(options);
        FileSource source = openModel(file, checkWhisperFile);
        auto loader = source.loader();
        whisper_context * context = whisper_init_with_params_no_state(&loader, params);
        if (context == nullptr) {
            throw EngineError(Failure::modelUnusable, t_lastError);
        }
        try {
            checkAlignmentHeads(*context);
        } catch (...) {
            whisper_free(context);
            throw;
        }
        return std::make_unique<WhisperModelImpl>(context);
    });
}

std::unique_ptr<SpeechModel> SpeechModel::load(const std::string & file) {
    return guarded(Failure::modelUnusable, [&]() -> std::unique_ptr<SpeechModel> {
        FileSource source = openModel(file, checkSpeechFile);
        auto loader = source.loader();
        whisper_vad_context * context = whisper_vad_init_with_params(&loader, whisper_vad_default_context_params());
        if (context == nullptr) {
            throw EngineError(Failure::modelUnusable, t_lastError);
        }
        return std::make_unique<SpeechModelImpl>(context);
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
