/** Handing a matter over to another vault, and receiving one. */
export const handOver = {
  open: 'Hand over…',
  title: 'Hand over “{{name}}”',
  text: 'The matter is written into one sealed file, with its recordings, transcripts, corrections and speakers. Another VoiceSync can receive it. It stays here, too.',
  passphrase: 'Passphrase for the file',
  withVoices_one:
    'Also the {{count}} voice that this matter remembers. It is biometric data: only if the receiver may have it.',
  withVoices_other:
    'Also the {{count}} voices that this matter remembers. They are biometric data: only if the receiver may have them.',
  choose: 'Choose a folder…',
  writing: 'The file is being written and checked…',
  stop: 'Stop',
  stopped: 'Stopped. Nothing was written or taken in.',
  done_one: 'Handed over: {{count}} recording, sealed and checked.',
  done_other: 'Handed over: {{count}} recordings, sealed and checked.',
  apart:
    'Do not send the passphrase together with the file: tell it to the receiver in another way. Without it nobody can open the file.',
  openReceive: 'Receive a matter…',
  receiveTitle: 'Receive a matter',
  receiveText:
    'Somebody has handed a matter over to you as a file that ends in .voicesync, and told you its passphrase.',
  chooseFile: 'Choose the file…',
  noFile: 'No file is chosen yet.',
  others_one: 'One matter is received at a time. Drop or open the other file again afterwards.',
  others_other: 'One matter is received at a time. Drop or open the {{count}} other files again afterwards.',
  filePassphrase: 'Passphrase of the file',
  receive: 'Receive',
  receiving: 'The file is being checked and taken in…',
  received_one: 'Received: “{{name}}”, {{count}} recording.',
  received_other: 'Received: “{{name}}”, {{count}} recordings.',
} as const;
