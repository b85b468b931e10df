"""Transcribes with faster-whisper: transcribe.py MODEL_FOLDER BEAM_SIZE THREADS LANGUAGE OUT_FOLDER RECORDING…

What a user of faster-whisper would run: int8, its own decoding of the recording, everything else as it comes. LANGUAGE is a
code or `auto`. For each recording writes OUT_FOLDER/NAME.json: `{language, segments: [{start, end, text}]}`, seconds."""
import json
import pathlib
import sys

from faster_whisper import WhisperModel

folder, beam_size, threads, language, out, *recordings = sys.argv[1:]
model = WhisperModel(folder, device='cpu', compute_type='int8', cpu_threads=int(threads), local_files_only=True)
for recording in recordings:
    segments, told = model.transcribe(
        recording, beam_size=int(beam_size), language=None if language == 'auto' else language
    )
    heard = [{'start': one.start, 'end': one.end, 'text': one.text} for one in segments]
    target = pathlib.Path(out) / f'{pathlib.Path(recording).name}.json'
    target.write_text(json.dumps({'language': told.language, 'segments': heard}, ensure_ascii=False), encoding='utf-8')
