import { expect, test as outside } from './app-fixture.ts';
import { layoutFaults } from './layout-faults.ts';
import { GatePage } from './pages/gate-page.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { type Frame, setFrame, setLanguage } from './photographs/camera.ts';
import type { RunningApp } from './running-app.ts';
import { test as inside, PASSPHRASE } from './vault-fixture.ts';

/** The smallest window with the largest text; and the usual window. */
const FRAMES: readonly Frame[] = [
  { width: 900, height: 600, zoom: 2 },
  { width: 1280, height: 800, zoom: 1 },
];
const LONG_NAME =
  'A name of more than a hundred characters, as people give who want to find it again, second copy, final';

/** Expects no fault in either language, in a small window with large text and in the usual one. */
async function expectSound(app: RunningApp, screen: string, show?: () => Promise<void>): Promise<void> {
  for (const frame of FRAMES) {
    await setLanguage(app, 'en');
    await setFrame(app, frame);
    await show?.();
    for (const language of ['es', 'en'] as const) {
      await setLanguage(app, language);
      const where = `${screen}, ${frame.width} × ${frame.height}, ${frame.zoom} times, ${language}`;
      // Main's texts change their language a moment later.
      await expect
        .configure({ soft: true })
        .poll(() => layoutFaults(app.page, language), where)
        .toEqual([]);
    }
  }
  await setLanguage(app, 'en');
}

/** Examples of faults that must be found, as markup; the correct counterpart below each must not be. */
const BROKEN = [
  {
    fault: 'cut: p “A long line',
    html: '<p style="width:60px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">A long line of text</p>',
    sound:
      '<p title="A long line of text" style="width:60px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">A long line of text</p>',
  },
  {
    fault: 'cut: p “Two lines',
    html: '<p style="width:60px;height:20px;overflow:hidden">Two lines in the height of one</p>',
    sound: '<p style="width:60px;height:20px;overflow:auto">Two lines in the height of one</p>',
  },
  {
    fault: 'cut: input “A placeholder that',
    html: '<input style="width:80px" placeholder="A placeholder that is too long">',
    sound: '<input style="width:400px" placeholder="A placeholder that is too long">',
  },
  {
    fault: 'overlap: button “One” and button “Two”',
    html: '<div><button>One</button><button style="margin-left:-30px">Two</button></div>',
    sound: '<div><button>One</button><button>Two</button></div>',
  },
  {
    fault: 'overlap: button “Over” and p “Hidden words”',
    html: '<p>Hidden words</p><button style="position:relative;top:-26px">Over</button>',
    sound: '<p>Hidden words</p><button>Over</button>',
  },
  {
    fault: 'overlap: p “First” and p “Second”',
    html: '<p>First</p><p style="margin-top:-24px">Second</p>',
    sound: '<p>First</p><p>Second</p>',
  },
  {
    fault: 'out of reach: button “Gone”',
    html: '<button style="position:absolute;left:-50px;top:0">Gone</button>',
    sound: '<button style="position:absolute;left:5px;top:0">Gone</button>',
  },
  {
    fault: 'out of reach: p “Fallen off',
    html: '<p style="position:fixed;top:110vh">Fallen off</p>',
    sound: '<div style="height:40px;overflow:auto"><p style="padding-top:110vh">Fallen off</p></div>',
  },
  {
    fault: 'sideways scrolling: the page',
    html: '<div style="width:150vw;height:10px"></div>',
    sound: '<div style="width:50vw;height:10px"></div>',
  },
  {
    fault: 'second scrollbar: the page',
    html: '<div style="position:absolute;top:120vh;height:10px;width:10px"></div>',
    sound: '<div style="position:absolute;top:50vh;height:10px;width:10px"></div>',
  },
  {
    fault: 'sideways scrolling: div “Wide',
    html: '<div style="width:200px;height:200px;overflow-y:auto"><p style="width:300px">Wide inside</p></div>',
    sound: '<div style="width:200px;height:200px;overflow-y:auto"><p>Wide inside</p></div>',
  },
  {
    fault: 'broken word: Everything in button',
    html: '<button style="width:60px;overflow-wrap:anywhere">Everything</button>',
    sound: '<button style="width:160px;overflow-wrap:anywhere">Everything</button>',
  },
  { fault: 'raw key: library:emptyTitle', html: '<p>library:emptyTitle</p>', sound: '<p>library: empty</p>' },
  { fault: 'raw key: emptyTitle', html: '<button aria-label="emptyTitle">x</button>', sound: '<p>title</p>' },
  { fault: 'raw key: media.noAudio', html: '<p>media.noAudio</p>', sound: '<p>media.mp3</p>' },
  { fault: 'unfilled gap: Export {{count}} files', html: '<p>Export {{count}} files</p>', sound: '<p>2</p>' },
  {
    fault: 'other language: Añadir grabaciones…',
    html: '<p>Añadir grabaciones…</p>',
    sound: '<p>Add recordings…</p>',
  },
];

outside('every kind of fault is found where it is, and only there', async ({ app }) => {
  await expect(app.page.getByRole('button', { name: 'Continue' })).toBeVisible();
  const draw = (html: string) =>
    app.page.evaluate((content) => {
      const place = document.createElement('div');
      place.style.cssText = 'position:absolute;inset:0;background:Canvas;line-height:24px';
      // The page's content security policy forbids inline styles: they are set one by one.
      const parsed = new DOMParser().parseFromString(content, 'text/html');
      for (const element of parsed.querySelectorAll<HTMLElement>('[style]')) {
        const style = element.getAttribute('style') ?? '';
        element.removeAttribute('style');
        element.style.cssText = style;
      }
      place.append(...parsed.body.childNodes);
      document.body.replaceChildren(place);
    }, html);
  for (const { fault, html, sound } of BROKEN) {
    await draw(html);
    const found = await layoutFaults(app.page, 'en');
    expect.soft(found, fault).toContainEqual(expect.stringContaining(fault));
    await draw(sound);
    expect.soft(await layoutFaults(app.page, 'en'), `control of ${fault}`).toEqual([]);
  }
});

outside('nothing is cut, covered or out of reach before the vault', async ({ app }) => {
  const gate = new GatePage(app);
  await expect(gate.button('Continue')).toBeVisible();
  await expectSound(app, 'first run');
  await gate.beginVault(PASSPHRASE);
  await expectSound(app, 'recovery key');
});

inside.describe('inside the vault', () => {
  inside.use({ vault: 'transcribed' });

  inside('nothing is cut, covered or out of reach in any section of the settings', async ({ app }) => {
    inside.setTimeout(240_000);
    const settings = new SettingsPage(app);
    await settings.open();
    for (const section of await settings.sections()) {
      await settings.choose(section);
      await expectSound(app, `settings, ${section}`);
    }
  });

  inside('nothing is cut, covered or out of reach', async ({ app, library }) => {
    const { page } = app;
    await expect(library.row('phone-8k.wav')).toBeVisible();
    await page.evaluate(async (name) => {
      await window.voicesync['matters.save']({
        id: null,
        name,
        caseNumber: '26-CV-104',
        vocabulary: [],
        speakers: [name.slice(0, 100), 'Dr. Weber'],
        options: {},
      });
      const list = await window.voicesync['library.list']();
      if (!list.ok) throw new Error('The library cannot be read.');
      const id = list.value.find((one) => one.name === 'memo-en.mp3')?.id ?? '';
      await window.voicesync['library.rename']({ id, name });
    }, LONG_NAME);
    await expect(library.row(LONG_NAME)).toBeVisible();
    await expectSound(app, 'library');
    await page.keyboard.press('ControlOrMeta+n');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectSound(app, 'matter');
    await page.keyboard.press('Escape');

    await library.goTo('All recordings');
    await library.open(LONG_NAME);
    const transcript = new TranscriptPage(app);
    await transcript.expectOpen(LONG_NAME);
    await page.keyboard.press('ControlOrMeta+Shift+s');
    const ask = page.getByRole('dialog', { name: 'Who speaks here?' });
    await ask.getByLabel('Another name').fill(LONG_NAME.slice(0, 100));
    await page.keyboard.press('Enter');
    await setFrame(app, { width: 1280, height: 800, zoom: 1 });
    const line = await lineOf(transcript);
    expect(line.fontPx).toBeGreaterThanOrEqual(17);
    expect(line.characters).toBeGreaterThanOrEqual(60);
    expect(line.characters).toBeLessThanOrEqual(75);
    await expectSound(app, 'transcript');
    await expectSound(app, 'speakers', async () => {
      if (await ask.isVisible()) await page.keyboard.press('Escape');
      await transcript.text(LONG_NAME).focus();
      await page.keyboard.press('ControlOrMeta+Shift+s');
      await expect(ask).toBeVisible();
    });
    await page.keyboard.press('Escape');
    await transcript.button('Export').click();
    await expect(page.getByRole('tabpanel')).not.toBeEmpty();
    await expectSound(app, 'export');
  });
});

/** A transcript's font size, and how many characters of usual prose fit in a line. */
async function lineOf(transcript: TranscriptPage): Promise<{ fontPx: number; characters: number }> {
  return await transcript.text().evaluate((text) => {
    const prose =
      'The officer checked the black statement on Saturday morning, and the witness signed it at once.';
    const line = text.querySelector('.cm-line') ?? text;
    const { font, fontSize } = getComputedStyle(line);
    const pen = document.createElement('canvas').getContext('2d');
    if (pen === null) throw new Error('There is no canvas.');
    pen.font = font;
    const characterPx = pen.measureText(prose).width / prose.length;
    return { fontPx: Number.parseFloat(fontSize), characters: line.clientWidth / characterPx };
  });
}
