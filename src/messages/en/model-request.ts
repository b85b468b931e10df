/** The request for an IT department to bring a speech model, as plain text. Lines are joined by the program. */
export const modelRequest = {
  subject: 'Request: a speech model for VoiceSync',
  greeting: 'Dear colleagues,',
  what: 'VoiceSync turns recordings into text on this computer alone. It never opens a connection, so it cannot fetch this file itself. Please download it on a computer with internet access and hand it to me on a USB stick.',
  name: 'File: {{file}}',
  size: 'Size: {{size}} ({{bytes}} bytes)',
  sha256: 'SHA-256: {{sha256}}',
  address: 'Published by the whisper.cpp project at: {{address}}',
  licence: 'Licence: MIT. The file holds numbers only and is no program.',
  check:
    'Please compare the SHA-256 after the download. On Windows: certutil -hashfile {{file}} SHA256. On macOS: shasum -a 256 {{file}}. On Linux: sha256sum {{file}}. VoiceSync compares it again when the file is added, and refuses a file that differs.',
  where:
    'It is stored in my user account’s folder for VoiceSync. No administrator’s rights are needed to add it.',
  machine:
    'This computer: {{threads}} processor threads, {{memory}} of memory; the model needs about {{need}} while it works.',
  thanks: 'Thank you.',
} as const;
