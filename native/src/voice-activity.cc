#include "voice-activity.h"

#include <algorithm>
#include <cmath>

#include "processor-versions.h"

namespace voicesync {
namespace {

// What is put before and behind a chunk.
constexpr size_t kMargin = 64;
// Samples to a frame of the Fourier transform, and from one to the next.
constexpr size_t kFrame = 256;
constexpr size_t kHop = 128;
constexpr size_t kFramed = kMargin + kVoiceChunk + kMargin;
constexpr size_t kFrames = (kFramed - kFrame) / kHop + 1;
constexpr size_t kBins = kFrame / 2 + 1;
constexpr size_t kState = 128;
constexpr size_t kGates = 4 * kState;
constexpr size_t kTaps = 3;

// Channels and taps of the encoder's convolutions. Of the taps of the last two only those that meet a row are kept: they
// see two rows and one, between zeros.
struct Convolution {
    size_t channels;
    size_t outputs;
    size_t firstTap;
    size_t taps;
};
constexpr Convolution kEncoder[] = {{kBins, 128, 0, 3}, {128, 64, 0, 3}, {64, 64, 1, 2}, {64, kState, 1, 1}};

// Columns and outputs computed at once: their sums fit the registers of a vector unit with 16 of them.
constexpr size_t kColumns = 6;
constexpr size_t kOutputs = 16;
// Outputs for the real parts of a spectrum, and as many for the imaginary ones: whole blocks.
constexpr size_t kSpectrum = (kBins + kOutputs - 1) / kOutputs * kOutputs;
// Chunks that go through each layer together, a multiple of kColumns, so that weights are read from memory less often.
constexpr size_t kBatch = 24;

// Columns of numbers of a matrix: `each` to a chunk.
template <typename Number>
struct Columns {
    Number * begin;
    size_t chunkStride;
    size_t each;
    size_t stride;

    Number * at(size_t column) const { return begin + column / each * chunkStride + column % each * stride; }
};

// Multiplies kColumns columns with one block of weights. Each column's sums are added up in the same order, whatever its
// neighbours are.
FOR_EACH_PROCESSOR
void multiplyBlock(const float * weights, size_t inputs, const float * bias, const float * const * from,
                   float * const * to, float least) {
    float sums[kColumns][kOutputs];
    for (size_t column = 0; column < kColumns; column++) {
        for (size_t output = 0; output < kOutputs; output++) {
            sums[column][output] = bias[output];
        }
    }
    for (size_t input = 0; input < inputs; input++) {
        for (size_t column = 0; column < kColumns; column++) {
            const float value = from[column][input];
            for (size_t output = 0; output < kOutputs; output++) {
                sums[column][output] += value * weights[output];
            }
        }
        weights += kOutputs;
    }
    for (size_t column = 0; column < kColumns; column++) {
        for (size_t output = 0; output < kOutputs; output++) {
            to[column][output] = sums[column][output] < least ? least : sums[column][output];
        }
    }
}

// The magnitudes of a frame's frequencies from their real parts and, `apart` numbers further, their imaginary parts.
FOR_EACH_PROCESSOR
void magnitudesOf(const float * real, size_t apart, float * magnitudes) {
    for (size_t bin = 0; bin < kBins; bin++) {
        const float imaginary = real[apart + bin];
        magnitudes[bin] = std::sqrt(real[bin] * real[bin] + imaginary * imaginary);
    }
}

// Adds the hidden state's share to the gates. Four rows at a time, so that the gates are loaded and stored less often.
FOR_EACH_PROCESSOR
void addHidden(const float * hidden, const float * weights, float * gates) {
    for (size_t row = 0; row < kState; row += 4) {
        const float * rows = weights + row * kGates;
        for (size_t gate = 0; gate < kGates; gate++) {
            gates[gate] += hidden[row] * rows[gate] + hidden[row + 1] * rows[kGates + gate] +
                           hidden[row + 2] * rows[2 * kGates + gate] + hidden[row + 3] * rows[3 * kGates + gate];
        }
    }
}

float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }

// Puts a layer's weights into blocks. `weight` gives that of an output and an input, `bias` an output's.
template <typename Weight, typename Bias>
VoiceLayer inBlocks(size_t inputs, size_t outputs, Weight && weight, Bias && bias) {
    VoiceLayer layer;
    layer.inputs = inputs;
    layer.outputs = (outputs + kOutputs - 1) / kOutputs * kOutputs;
    layer.weights.assign(layer.inputs * layer.outputs, 0.0f);
    layer.bias.assign(layer.outputs, 0.0f);
    for (size_t output = 0; output < outputs; output++) {
        float * block = layer.weights.data() + output / kOutputs * kOutputs * inputs + output % kOutputs;
        for (size_t input = 0; input < inputs; input++) {
            block[input * kOutputs] = weight(output, input);
        }
        layer.bias[output] = bias(output);
    }
    return layer;
}

void multiply(const VoiceLayer & layer, const Columns<const float> & from, const Columns<float> & to, size_t columns,
              float least) {
    for (size_t output = 0; output < layer.outputs; output += kOutputs) {
        for (size_t column = 0; column < columns; column += kColumns) {
            const float * inputs[kColumns];
            float * outputs[kColumns];
            for (size_t i = 0; i < kColumns; i++) {
                inputs[i] = from.at(column + i);
                outputs[i] = to.at(column + i) + output;
            }
            multiplyBlock(layer.weights.data() + output * layer.inputs, layer.inputs, layer.bias.data() + output, inputs,
                          outputs, least);
        }
    }
}

}  // namespace

VoiceActivityNetwork::VoiceActivityNetwork(const std::map<std::string, std::vector<float>> & weights) {
    const auto zero = [](size_t) { return 0.0f; };
    // The basis has all real parts, then all imaginary ones; here each begins a block.
    const auto & basis = weights.at("_model.stft.forward_basis_buffer");
    fourier_ = inBlocks(
        kFrame, 2 * kSpectrum,
        [&](size_t output, size_t input) {
            const size_t bin = output % kSpectrum;
            return bin < kBins ? basis[(output / kSpectrum * kBins + bin) * kFrame + input] : 0.0f;
        },
        zero);

    for (size_t i = 0; i < encoder_.size(); i++) {
        const std::string name = "_model.encoder." + std::to_string(i) + ".reparam_conv.";
        const auto & kernel = weights.at(name + "weight");
        const auto & bias = weights.at(name + "bias");
        const Convolution & shape = kEncoder[i];
        encoder_[i] = inBlocks(
            shape.taps * shape.channels, shape.outputs,
            [&](size_t output, size_t input) {
                const size_t tap = shape.firstTap + input / shape.channels;
                return kernel[(output * shape.channels + input % shape.channels) * kTaps + tap];
            },
            [&](size_t output) { return bias[output]; });
    }

    const auto & inputs = weights.at("_model.decoder.rnn.weight_ih");
    const auto & inputBias = weights.at("_model.decoder.rnn.bias_ih");
    const auto & hidden = weights.at("_model.decoder.rnn.weight_hh");
    const auto & hiddenBias = weights.at("_model.decoder.rnn.bias_hh");
    inputGates_ = inBlocks(
        kState, kGates, [&](size_t output, size_t input) { return inputs[output * kState + input]; },
        [&](size_t output) { return inputBias[output] + hiddenBias[output]; });
    hiddenGates_.resize(kState * kGates);
    for (size_t gate = 0; gate < kGates; gate++) {
        for (size_t row = 0; row < kState; row++) {
            hiddenGates_[row * kGates + gate] = hidden[gate * kState + row];
        }
    }
    last_ = weights.at("_model.decoder.decoder.2.weight");
    lastBias_ = weights.at("_model.decoder.decoder.2.bias")[0];

    framed_.assign(kBatch * kFramed, 0.0f);
    spectrum_.assign(kBatch * kFrames * 2 * kSpectrum, 0.0f);
    magnitudes_.assign(kBatch * (kFrames + 2) * kBins, 0.0f);
    first_.assign(kBatch * (kFrames + 2) * kEncoder[0].outputs, 0.0f);
    second_.assign(kBatch * 2 * kEncoder[1].outputs, 0.0f);
    third_.assign(kBatch * kEncoder[2].outputs, 0.0f);
    features_.assign(kBatch * kState, 0.0f);
    gates_.assign(kBatch * kGates, 0.0f);
}

void VoiceActivityNetwork::run(const float * samples, size_t chunks, VoiceMemory & memory, float * probabilities) {
    for (size_t done = 0; done < chunks; done += kBatch) {
        const size_t batch = std::min(kBatch, chunks - done);
        encode(samples + done * kVoiceChunk, batch);
        for (size_t chunk = 0; chunk < batch; chunk++) {
            float * gates = gates_.data() + chunk * kGates;
            addHidden(memory.hidden.data(), hiddenGates_.data(), gates);
            float sum = lastBias_;
            for (size_t i = 0; i < kState; i++) {
                // In the order of PyTorch's LSTM: input, forget, cell, output.
                memory.cell[i] = sigmoid(gates[kState + i]) * memory.cell[i] +
                                 sigmoid(gates[i]) * std::tanh(gates[2 * kState + i]);
                memory.hidden[i] = sigmoid(gates[3 * kState + i]) * std::tanh(memory.cell[i]);
                sum += std::max(0.0f, memory.hidden[i]) * last_[i];
            }
            probabilities[done + chunk] = sigmoid(sum);
        }
    }
}

// Computes the share of the samples in the gates of a batch of chunks.
void VoiceActivityNetwork::encode(const float * samples, size_t chunks) {
    for (size_t chunk = 0; chunk < chunks; chunk++) {
        const float * own = samples + chunk * kVoiceChunk;
        float * framed = framed_.data() + chunk * kFramed;
        std::copy(own, own + kVoiceChunk, framed + kMargin);
        // Both ends reflected.
        for (size_t i = 0; i < kMargin; i++) {
            framed[kMargin - 1 - i] = own[1 + i];
            framed[kMargin + kVoiceChunk + i] = own[kVoiceChunk - 2 - i];
        }
    }
    // Whole groups of columns; the surplus holds an earlier batch, and its results are not used.
    const size_t rounded = (chunks + kColumns - 1) / kColumns * kColumns;
    multiply(fourier_, {framed_.data(), kFramed, kFrames, kHop},
             {spectrum_.data(), kFrames * 2 * kSpectrum, kFrames, 2 * kSpectrum}, rounded * kFrames, -INFINITY);
    for (size_t frame = 0; frame < rounded * kFrames; frame++) {
        const size_t row = frame / kFrames * (kFrames + 2) + 1 + frame % kFrames;
        magnitudesOf(spectrum_.data() + frame * 2 * kSpectrum, kSpectrum, magnitudes_.data() + row * kBins);
    }

    const size_t width0 = kEncoder[0].outputs;
    const size_t width1 = kEncoder[1].outputs;
    const size_t width2 = kEncoder[2].outputs;
    multiply(encoder_[0], {magnitudes_.data(), (kFrames + 2) * kBins, kFrames, kBins},
             {first_.data() + width0, (kFrames + 2) * width0, kFrames, width0}, rounded * kFrames, 0.0f);
    multiply(encoder_[1], {first_.data(), (kFrames + 2) * width0, 2, 2 * width0}, {second_.data(), 2 * width1, 2, width1},
             rounded * 2, 0.0f);
    multiply(encoder_[2], {second_.data(), 2 * width1, 1, 0}, {third_.data(), width2, 1, 0}, rounded, 0.0f);
    multiply(encoder_[3], {third_.data(), width2, 1, 0}, {features_.data(), kState, 1, 0}, rounded, 0.0f);
    multiply(inputGates_, {features_.data(), kState, 1, 0}, {gates_.data(), kGates, 1, 0}, rounded, -INFINITY);
}

}  // namespace voicesync
