"""Makes a CTranslate2 model folder for faster-whisper of a whisper.cpp model: convert.py GGML_FILE FOLDER

For measuring only: the product never runs it. With it, the benchmarks compare VoiceSync with faster-whisper on the very
same weights, without a download. Needs a Python environment with faster-whisper (which brings ctranslate2, numpy and
tokenizers). Reads multilingual models of up to 99 languages, as F32, F16 or Q8_0; writes int8.

The file: whisper.cpp's `whisper_model_load`. The folder: what ctranslate2's WhisperLoader writes, with OpenAI's suppressed
tokens, and a tokenizer.json whose merges are derived from the order of the vocabulary, as tiktoken does."""
import pathlib
import struct
import sys

import ctranslate2
import numpy as np
import tokenizers
from ctranslate2.converters import utils
from ctranslate2.specs import common_spec
from ctranslate2.specs.whisper_spec import WhisperSpec
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens

# In the order of their tokens: `tokenizer.py` of openai/whisper.
LANGUAGES = (
    'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy '
    'sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo '
    'uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su'
).split()
# The heads whose attention follows the sound: `_ALIGNMENT_HEADS` of openai/whisper, by encoder layers.
ALIGNMENT_HEADS = {
    4: [(2, 2), (3, 0), (3, 2), (3, 3), (3, 4), (3, 5)],
    6: [(3, 1), (4, 2), (4, 3), (4, 7), (5, 1), (5, 2), (5, 4), (5, 6)],
}
TEXT_TOKENS = 50257


class GgmlFile:
    """Sizes, vocabulary (bytes by token) and tensors (float32, outermost dimension first) of a whisper.cpp model."""

    def __init__(self, path):
        with open(path, 'rb') as file:
            read = lambda layout: struct.unpack(layout, file.read(struct.calcsize(layout)))
            if read('<I')[0] != 0x67676D6C:
                sys.exit(f'{path} is not a whisper.cpp model.')
            names = 'vocabulary audio_context state heads layers text_context text_state text_heads text_layers mels type'
            self.sizes = dict(zip(names.split(), read('<11i')))
            mels, bins = read('<2i')
            file.seek(4 * mels * bins, 1)
            self.tokens = [file.read(read('<I')[0]) for _ in range(read('<i')[0])]
            self.tensors = {}
            while header := file.read(12):
                dimensions, name_length, kind = struct.unpack('<3i', header)
                shape = read(f'<{dimensions}i')[::-1]
                name = file.read(name_length).decode()
                self.tensors[name] = self._values(file, kind, int(np.prod(shape))).reshape(shape)

    @staticmethod
    def _values(file, kind, count):
        if kind == 0:
            return np.frombuffer(file.read(4 * count), '<f4')
        if kind == 1:
            return np.frombuffer(file.read(2 * count), '<f2').astype(np.float32)
        if kind == 8:
            blocks = np.frombuffer(file.read(count // 32 * 34), np.dtype([('scale', '<f2'), ('values', 'i1', 32)]))
            return (blocks['scale'].astype(np.float32)[:, None] * blocks['values']).reshape(-1)
        sys.exit(f'Tensors of ggml type {kind} are not read: take the F16 or Q8_0 file.')


def fill(spec, model):
    """Puts the tensors where CTranslate2 expects them."""
    t = model.tensors

    def linear(name, target=None):
        target = common_spec.LinearSpec() if target is None else target
        target.weight = t[f'{name}.weight']
        if f'{name}.bias' in t:
            target.bias = t[f'{name}.bias']
        return target

    def norm(name, target):
        target.gamma, target.beta = t[f'{name}.weight'], t[f'{name}.bias']

    def attention(name, target, is_self):
        query, key, value = (linear(f'{name}.{part}') for part in ('query', 'key', 'value'))
        if is_self:
            utils.fuse_linear(target.linear[0], [query, key, value])
        else:
            utils.fuse_linear(target.linear[0], [query])
            utils.fuse_linear(target.linear[1], [key, value])
        linear(f'{name}.out', target.linear[-1])
        norm(f'{name}_ln', target.layer_norm)

    def layers(side, target):
        for index, layer in enumerate(target.layer):
            name = f'{side}.blocks.{index}'
            attention(f'{name}.attn', layer.self_attention, True)
            if side == 'decoder':
                attention(f'{name}.cross_attn', layer.attention, False)
            linear(f'{name}.mlp.0', layer.ffn.linear_0)
            linear(f'{name}.mlp.2', layer.ffn.linear_1)
            norm(f'{name}.mlp_ln', layer.ffn.layer_norm)
        target.position_encodings.encodings = t[f'{side}.positional_embedding']

    for name in ('conv1', 'conv2'):
        conv = getattr(spec.encoder, name)
        conv.weight, conv.bias = t[f'encoder.{name}.weight'], t[f'encoder.{name}.bias'].reshape(-1)
    layers('encoder', spec.encoder)
    norm('encoder.ln_post', spec.encoder.layer_norm)
    layers('decoder', spec.decoder)
    norm('decoder.ln', spec.decoder.layer_norm)
    spec.decoder.embeddings.weight = t['decoder.token_embedding.weight']
    spec.decoder.projection.weight = t['decoder.token_embedding.weight']


def printable(token):
    """A token's bytes as GPT-2's vocabularies write them: each byte as one visible character."""
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in visible]
    letters = {byte: chr(byte) for byte in visible} | {byte: chr(256 + n) for n, byte in enumerate(hidden)}
    return ''.join(letters[byte] for byte in token)


def merges_of(tokens):
    """The pairs that make each token: it is split by the merges that come before it, until two pieces are left."""
    rank = {token: index for index, token in enumerate(tokens) if token}
    merges = []
    for token, own in rank.items():
        pieces = [bytes([byte]) for byte in token]
        while len(pieces) > 2:
            pairs = [(rank.get(a + b, own), place) for place, (a, b) in enumerate(zip(pieces, pieces[1:]))]
            best, place = min(pairs)
            if best >= own:
                break
            pieces[place : place + 2] = [pieces[place] + pieces[place + 1]]
        if len(pieces) == 2:
            merges.append((printable(pieces[0]), printable(pieces[1])))
    return merges


def tokenizer_of(tokens, special):
    text = {printable(token): index for index, token in enumerate(tokens)}
    made = tokenizers.Tokenizer(tokenizers.models.BPE(vocab=text, merges=merges_of(tokens)))
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    made.add_special_tokens([tokenizers.AddedToken(token, special=True, normalized=False) for token in special])
    return made


def main(source, folder):
    model = GgmlFile(source)
    sizes = model.sizes
    if sizes['vocabulary'] != TEXT_TOKENS + 1608:
        sys.exit('Only multilingual models of 99 languages are read.')
    special = ['<|endoftext|>', '<|startoftranscript|>', *(f'<|{code}|>' for code in LANGUAGES)]
    special += [f'<|{name}|>' for name in 'translate transcribe startoflm startofprev nospeech notimestamps'.split()]
    special += [f'<|{index * 0.02:.2f}|>' for index in range(1501)]
    tokens = (model.tokens + [b''])[:TEXT_TOKENS]
    tokenizer = tokenizer_of(tokens, special)

    spec = WhisperSpec(sizes['layers'], sizes['heads'], sizes['text_layers'], sizes['text_heads'])
    fill(spec, model)
    spec.register_vocabulary([printable(token) for token in tokens] + special)
    first_language = tokenizer.token_to_id('<|en|>')
    spec.config.lang_ids = list(range(first_language, first_language + len(LANGUAGES)))
    spec.config.suppress_ids = list(get_suppressed_tokens(Tokenizer(tokenizer, True, 'transcribe', 'en'), [-1]))
    spec.config.suppress_ids_begin = [tokenizer.token_to_id('Ġ'), tokenizer.token_to_id('<|endoftext|>')]
    half = sizes['text_layers'] // 2
    spec.config.alignment_heads = ALIGNMENT_HEADS.get(sizes['layers']) or [
        (layer, head) for layer in range(half, sizes['text_layers']) for head in range(sizes['text_heads'])
    ]
    spec.validate()
    spec.optimize(quantization='int8')
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    tokenizer.save(str(folder / 'tokenizer.json'))
    print(f'{folder}: ctranslate2 {ctranslate2.__version__}, int8')


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
