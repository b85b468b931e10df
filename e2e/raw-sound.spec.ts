import { TranscriptPage } from './pages/transcript-page.ts';
import { telephoneSound } from './recordings.ts';
import { expect, test } from './vault-fixture.ts';

test('telephone sound without a header is transcribed, and its text says that the file does not tell what it is', async ({
  app,
  library,
}, testInfo) => {
  const folder = testInfo.outputPath('.');
  const [name = ''] = await library.drop(telephoneSound('phone-8k.wav', 8, folder, 'line.ulaw'));
  await library.expectDone(name);
  await library.open(name);
  const transcript = new TranscriptPage(app);
  await expect(transcript.text(name)).toContainText('My name is Laura and I am a driver.');
  const notice = app.page.getByRole('region', { name: 'How the recording was read' });
  await expect(notice).toContainText(
    /^line\.ulaw: read as G\.711 µ-law, 8 kHz, because of its ending \.ulaw/,
  );
  await expect(notice).toContainText('ask for the recording as WAV');
});
