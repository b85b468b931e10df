// Silero's voice activity network (versions 5 and 6, 16 kHz) as plain loops: the probability of speech in each chunk of
// 512 samples. The network as in whisper.cpp 1.9.1's whisper_vad_build_graph.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace voicesync {

// Samples to a chunk, at 16 kHz.
constexpr size_t kVoiceChunk = 512;

// What the network remembers of the chunks before: all there is to know of them. It is stored between runs as these bytes;
// what the bytes mean must never change for one length.
struct VoiceMemory {
    std::array<float, 128> hidden{};
    std::array<float, 128> cell{};
};
static_assert(sizeof(VoiceMemory) == 1024, "the memory's bytes have no gaps");

// A linear map of many columns at once: blocks of outputs, and in each, for every input, its weights in all of them.
struct VoiceLayer {
    size_t inputs = 0;
    size_t outputs = 0;  // whole blocks
    std::vector<float> weights;
    std::vector<float> bias;
};

// The network with its weights. Not for two threads at once.
class VoiceActivityNetwork {
  public:
    // Takes weights as readSpeechFile gives them.
    explicit VoiceActivityNetwork(const std::map<std::string, std::vector<float>> & weights);

    // Writes the probability of speech, 0 to 1, of each of `chunks` chunks, which follow one another and the memory.
    // The same chunks give the same probabilities, to the bit, in whatever portions they come.
    void run(const float * samples, size_t chunks, VoiceMemory & memory, float * probabilities);

  private:
    void encode(const float * samples, size_t chunks);

    VoiceLayer fourier_;
    std::array<VoiceLayer, 4> encoder_;
    VoiceLayer inputGates_;
    std::vector<float> hiddenGates_;  // a row of all gates for each number of the hidden state
    std::vector<float> last_;
    float lastBias_;
    // What lies between the layers, for a batch of chunks. A convolution's input are a chunk's rows of channels, with a row
    // of zeros where it looks beyond them.
    std::vector<float> framed_, spectrum_, magnitudes_, first_, second_, third_, features_, gates_;
};

}  // namespace voicesync
