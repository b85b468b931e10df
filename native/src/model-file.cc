#include "model-file.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine.h"
#include "ggml.h"

namespace voicesync {
namespace {

constexpr uint32_t kMagic = 0x67676d6c;
constexpr int kLongestName = 128;
constexpr int kLongestToken = 4096;
// The fixed part of Whisper's vocabulary: text, languages, tasks and the timestamps of 30 s.
constexpr int kSmallestVocabulary = 51864;
constexpr int kLargestVocabulary = 60000;

[[noreturn]] void refuse(const std::string & why) { throw EngineError(Failure::modelUnusable, why); }

class Reader {
  public:
    explicit Reader(std::istream & file) : file_(file) {
        file_.seekg(0, std::ios::end);
        size_ = file_.tellg();
        file_.seekg(0);
    }

    int32_t number() {
        int32_t value = 0;
        read(&value, sizeof value);
        return value;
    }

    int32_t number(const char * name, int64_t least, int64_t most) {
        const int32_t value = number();
        if (value < least || value > most) {
            refuse(std::string(name) + " is " + std::to_string(value));
        }
        return value;
    }

    std::string text(int64_t length) {
        std::string value(static_cast<size_t>(length), '\0');
        read(&value[0], length);
        return value;
    }

    void skip(int64_t bytes) {
        if (bytes < 0 || bytes > size_ - position_) {
            refuse("the file is cut short");
        }
        position_ += bytes;
        file_.seekg(position_);
    }

    std::vector<float> floats(size_t count, bool halves) {
        std::vector<float> values(count);
        if (halves) {
            std::vector<ggml_fp16_t> stored(count);
            read(stored.data(), int64_t(count * sizeof(ggml_fp16_t)));
            ggml_fp16_to_fp32_row(stored.data(), values.data(), int64_t(count));
        } else {
            read(values.data(), int64_t(count * sizeof(float)));
        }
        return values;
    }

    bool atEnd() const { return position_ == size_; }

  private:
    void read(void * target, int64_t bytes) {
        if (bytes > size_ - position_ || !file_.read(static_cast<char *>(target), bytes)) {
            refuse("the file is cut short");
        }
        position_ += bytes;
    }

    std::istream & file_;
    int64_t size_ = 0;
    int64_t position_ = 0;
};

using Shape = std::vector<int64_t>;

// The shapes of all weights, by name; every one must be whole.
std::map<std::string, Shape> readShapes(Reader & reader) {
    std::map<std::string, Shape> shapes;
    while (!reader.atEnd()) {
        const int dimensions = reader.number("a weight's dimension count", 1, 4);
        const int nameLength = reader.number("a weight's name length", 1, kLongestName);
        const int type = reader.number("a weight's type", 0, GGML_TYPE_COUNT - 1);
        Shape shape;
        int64_t elements = 1;
        for (int i = 0; i < dimensions; ++i) {
            shape.push_back(reader.number("a weight's dimension", 1, 1 << 24));
            elements *= shape.back();
            if (elements > INT32_MAX) {
                refuse("a weight is too large");
            }
        }
        const auto blockSize = ggml_blck_size(static_cast<ggml_type>(type));
        if (blockSize == 0 || shape[0] % blockSize != 0) {
            refuse("a weight has a type that does not fit it");
        }
        const std::string name = reader.text(nameLength);
        if (!shapes.emplace(name, shape).second) {
            refuse("a weight stands there twice");
        }
        reader.skip(elements / blockSize * static_cast<int64_t>(ggml_type_size(static_cast<ggml_type>(type))));
    }
    return shapes;
}

void expectShape(const std::map<std::string, Shape> & shapes, const std::string & name, const Shape & shape) {
    const auto found = shapes.find(name);
    if (found == shapes.end() || found->second != shape) {
        refuse("the weight " + name + " is missing or has the wrong shape");
    }
}

bool isWeightFormat(int32_t format) {
    switch (format % GGML_QNT_VERSION_FACTOR) {
        case GGML_FTYPE_ALL_F32:
        case GGML_FTYPE_MOSTLY_F16:
        case GGML_FTYPE_MOSTLY_BF16:
        case GGML_FTYPE_MOSTLY_Q4_0:
        case GGML_FTYPE_MOSTLY_Q4_1:
        case GGML_FTYPE_MOSTLY_Q5_0:
        case GGML_FTYPE_MOSTLY_Q5_1:
        case GGML_FTYPE_MOSTLY_Q8_0:
        case GGML_FTYPE_MOSTLY_Q2_K:
        case GGML_FTYPE_MOSTLY_Q3_K:
        case GGML_FTYPE_MOSTLY_Q4_K:
        case GGML_FTYPE_MOSTLY_Q5_K:
        case GGML_FTYPE_MOSTLY_Q6_K:
            return true;
        default:
            return false;
    }
}

}  // namespace

void checkWhisperFile(std::istream & file) {
    Reader reader(file);
    if (static_cast<uint32_t>(reader.number()) != kMagic) {
        refuse("the file does not begin as a ggml model does");
    }
    const int vocabulary = reader.number("the vocabulary's size", kSmallestVocabulary, kLargestVocabulary);
    const int audioContext = reader.number("the audio context", 1, 1500);
    const int audioState = reader.number("the audio state", 1, 4096);
    const int audioHeads = reader.number("the audio heads", 1, 128);
    const int audioLayers = reader.number("the audio layers", 1, 128);
    const int textContext = reader.number("the text context", 8, 448);
    const int textState = reader.number("the text state", 1, 4096);
    const int textHeads = reader.number("the text heads", 1, 128);
    const int textLayers = reader.number("the text layers", 1, 128);
    const int mels = reader.number("the mel bands", 1, 128);
    const int format = reader.number("the weight format", 0, 9999);
    if (audioState % audioHeads != 0 || textState % textHeads != 0 || audioState != textState ||
        !isWeightFormat(format)) {
        refuse("its parameters contradict each other");
    }
    reader.number("the filters' mel bands", mels, mels);
    reader.number("the filters' width", 201, 201);
    reader.skip(int64_t(mels) * 201 * sizeof(float));

    const int words = reader.number("the vocabulary's length", 1, vocabulary);
    for (int i = 0; i < words; ++i) {
        reader.skip(reader.number("a token's length", 0, kLongestToken));
    }

    const auto shapes = readShapes(reader);
    // 4 weights and 3 biases around the encoder's layers, 4 around the decoder's.
    if (shapes.size() != size_t(7 + 15 * audioLayers + 4 + 24 * textLayers)) {
        refuse("weights are missing");
    }
    // What the parameters claim must be there, so that memory is asked for no more than the file's own size.
    expectShape(shapes, "encoder.positional_embedding", {audioState, audioContext});
    expectShape(shapes, "decoder.positional_embedding", {textState, textContext});
    expectShape(shapes, "decoder.token_embedding.weight", {textState, vocabulary});
    expectShape(shapes, "encoder.blocks.0.mlp.0.weight", {audioState, 4 * audioState});
    file.clear();
    file.seekg(0);
}

std::map<std::string, std::vector<float>> readSpeechFile(std::istream & file) {
    Reader reader(file);
    if (static_cast<uint32_t>(reader.number()) != kMagic) {
        refuse("the file does not begin as a ggml model does");
    }
    if (reader.text(reader.number("the kind's length", 1, kLongestName)) != "silero-16k") {
        refuse("the file holds no Silero weights for 16 kHz");
    }
    reader.skip(3 * sizeof(int32_t));
    reader.number("the window", 512, 512);
    reader.number("the context", 64, 64);
    reader.number("the encoder layers", 4, 4);
    const int channels[] = {129, 128, 64, 64, 128};
    std::map<std::string, Shape> expected = {
        {"_model.stft.forward_basis_buffer", {256, 1, 258}},
        {"_model.decoder.rnn.weight_ih", {128, 512}},
        {"_model.decoder.rnn.weight_hh", {128, 512}},
        {"_model.decoder.rnn.bias_ih", {512}},
        {"_model.decoder.rnn.bias_hh", {512}},
        {"_model.decoder.decoder.2.weight", {128}},
        {"_model.decoder.decoder.2.bias", {}},
    };
    for (int i = 0; i < 4; ++i) {
        reader.number("a layer's input channels", channels[i], channels[i]);
        reader.number("a layer's output channels", channels[i + 1], channels[i + 1]);
        reader.number("a layer's kernel", 3, 3);
        const std::string layer = "_model.encoder." + std::to_string(i) + ".reparam_conv.";
        expected[layer + "weight"] = {3, channels[i], channels[i + 1]};
        expected[layer + "bias"] = {channels[i + 1]};
    }
    for (const char * name : {"the LSTM's input", "the LSTM's state", "the last layer's input"}) {
        reader.number(name, 128, 128);
    }
    reader.number("the last layer's output", 1, 1);

    std::map<std::string, std::vector<float>> weights;
    while (!reader.atEnd()) {
        const int dimensions = reader.number("a weight's dimension count", 0, 4);
        const int nameLength = reader.number("a weight's name length", 1, kLongestName);
        const int type = reader.number("a weight's type", GGML_TYPE_F32, GGML_TYPE_F16);
        Shape shape;
        for (int i = 0; i < dimensions; ++i) {
            shape.push_back(reader.number());
        }
        const std::string name = reader.text(nameLength);
        const auto found = expected.find(name);
        if (found == expected.end() || found->second != shape) {
            refuse("the weight " + name + " has no place or the wrong shape");
        }
        expected.erase(found);
        size_t elements = 1;
        for (const int64_t dimension : shape) {
            elements *= size_t(dimension);
        }
        weights.emplace(name, reader.floats(elements, type == GGML_TYPE_F16));
    }
    if (!expected.empty()) {
        refuse("weights are missing");
    }
    return weights;
}

}  // namespace voicesync
