// Control characters could control the terminal; the bidirectional ones could show `exe.wav` for `vaw.exe`.
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Sanitises an untrusted name (a file name, a vault's holder) for display: each unsafe character becomes `\ufffd`. */
export function showable(text: string): string {
  return text.replace(UNSAFE, '\ufffd');
}
