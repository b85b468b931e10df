// Control characters could drive the terminal; the bidirectional ones could show `exe.wav` for `vaw.exe`.
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A name from outside (a file name, a vault's holder) made harmless to show: each unsafe character becomes `\ufffd`. */
export function showable(text: string): string {
  return text.replace(UNSAFE, '\ufffd');
}
