import type { Locator } from '@playwright/test';
import { Keyboard } from './pages/keyboard.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { VersionPage } from './pages/version-page.ts';
import type { RunningApp } from './running-app.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

const CALL = 'phone-8k.wav';

/** The field of the command palette. */
function palette(app: RunningApp): Locator {
  return app.page.getByRole('combobox', { name: 'What do you want to do?' });
}

test('a text that is still being opened leaves the keyboard where it was put meanwhile', async ({
  app,
  library,
}) => {
  const transcript = new TranscriptPage(app);
  const keyboard = new Keyboard(app);
  await app.page.evaluate(() => {
    document.addEventListener('focusin', ({ target }) => {
      if (target instanceof Element && target.closest('.cm-editor'))
        document.body.dataset.taken = 'by the text';
    });
  });

  await test.step('in the command palette', async () => {
    await library.openAndPress(CALL, { key: 'k', code: 'KeyK', ctrlKey: true });
    await expect(palette(app)).toBeFocused();
    await expect(app.page.locator('.cm-content')).toContainText('My name is Laura');
    await expect(app.page.locator('body')).not.toHaveAttribute('data-taken');
    await keyboard.type('lock');
    await expect(palette(app)).toHaveValue('lock');
    await keyboard.press('Escape');
    await expect(transcript.text(CALL)).toBeFocused();
  });

  await test.step('on a button', async () => {
    await keyboard.press('Alt+ArrowLeft');
    await expect(library.row(CALL)).toBeFocused();
    await app.page.evaluate(() => {
      const watch = new MutationObserver(() => {
        const back = document.querySelector<HTMLElement>('.vs-screen header button');
        if (back === null) return;
        watch.disconnect();
        // Changing the screen moves the focus: this comes after it.
        setTimeout(() => back.focus());
      });
      watch.observe(document.body, { childList: true, subtree: true });
    });
    await library.open(CALL);
    await expect(app.page.locator('.cm-content')).toContainText('My name is Laura');
    await expect(transcript.button('Back')).toBeFocused();
  });
});

test('letters typed right behind a command or a shortcut go where it leads', async ({ app, library }) => {
  const transcript = new TranscriptPage(app);
  const keyboard = new Keyboard(app);
  const find = app.page.getByRole('search', { name: 'Find and replace' }).getByLabel('Find', { exact: true });
  const inSearch = () => library.search;

  await test.step('the search, from the command palette: nothing may wait for a frame', async () => {
    await keyboard.press('ControlOrMeta+k');
    await expect(palette(app)).toBeFocused();
    await app.page.clock.install();
    await app.page.clock.pauseAt(Date.now() + 60_000);
    await keyboard.type('Search every');
    await keyboard.press('Enter');
    await keyboard.type('laura');
    await expect(inSearch()).toHaveValue('laura');
    await app.page.clock.resume();
    await keyboard.press('Escape');
    await expect(inSearch()).toHaveValue('');
  });

  await library.open(CALL);
  await transcript.expectOpen(CALL);
  const words = await transcript.text().innerText();
  await test.step('the search of the text, from the speaker menu', async () => {
    await keyboard.press('ControlOrMeta+Shift+s');
    await expect(app.page.getByRole('dialog', { name: 'Who speaks here?' })).toBeVisible();
    await keyboard.press('ControlOrMeta+f');
    await keyboard.type('Laura');
    await expect(find).toHaveValue('Laura');
    await expect(app.page.getByRole('dialog')).toHaveCount(0);
  });
  await test.step('the same search again, from the text', async () => {
    await transcript.text().focus();
    await keyboard.press('ControlOrMeta+End');
    await keyboard.press('ControlOrMeta+f');
    await keyboard.type('Sarah');
    await expect(find).toHaveValue('Sarah');
    expect(await transcript.text().innerText()).toBe(words);
    await keyboard.press('Escape');
    await expect(transcript.text()).toBeFocused();
  });
  await test.step('the text, from a menu', async () => {
    await keyboard.tabTo(transcript.button('More'), 'Shift+Tab');
    await keyboard.press('Enter');
    const insert = app.page.getByRole('menuitem', { name: 'Insert the time' });
    await expect(insert).toBeVisible();
    await keyboard.type('Ins');
    await expect(insert).toBeFocused();
    await keyboard.press('Enter');
    await expect(app.page.getByRole('menu')).toHaveCount(0);
    await keyboard.type('Villanueva');
    await expect(transcript.text()).toContainText('Villanueva');
  });
  await test.step('a new name, from a row’s menu', async () => {
    await keyboard.press('Alt+ArrowLeft');
    await expect(library.row(CALL)).toBeFocused();
    await keyboard.use(library.button(CALL, 'Actions'));
    const rename = app.page.getByRole('menuitem', { name: 'Rename' });
    await expect(rename).toBeVisible();
    await keyboard.type('Ren');
    await expect(rename).toBeFocused();
    await keyboard.press('Enter');
    await expect(app.page.getByRole('textbox', { name: 'New name' })).toBeFocused();
    await keyboard.type('call');
    await keyboard.press('Enter');
    await expect(library.row('call.wav')).toBeFocused();
  });
});

test('nothing happens behind an open dialog; what was begun in it stays', async ({ app, gate }) => {
  const keyboard = new Keyboard(app);
  await keyboard.press('ControlOrMeta+n');
  const matter = app.page.getByRole('dialog', { name: 'New matter' });
  const name = matter.getByLabel('Name', { exact: true });
  await expect(name).toBeFocused();
  await keyboard.type('Mil');
  await keyboard.press(
    'ControlOrMeta+k',
    'ControlOrMeta+,',
    'Alt+ArrowLeft',
    'ControlOrMeta+n',
    'ControlOrMeta+Shift+f',
  );
  await keyboard.type('ler');
  await expect(name).toHaveValue('Miller');
  await expect(app.page.getByRole('dialog')).toHaveCount(1);
  await expect(name).toBeFocused();

  await test.step('but for locking', async () => {
    await keyboard.press('ControlOrMeta+l');
    await app.followWindow();
    await gate.expectLocked();
  });
});

test('what closes gives the keyboard back to where it was', async ({ app, library }) => {
  test.setTimeout(120_000);
  const { page } = app;
  const transcript = new TranscriptPage(app);
  const keyboard = new Keyboard(app);

  await test.step('a dialog that a row’s menu opened', async () => {
    await keyboard.tabTo(library.row(CALL));
    await keyboard.use(library.button(CALL, 'Actions'));
    const item = page.getByRole('menuitem', { name: 'New matter' });
    await expect(item).toBeVisible();
    await keyboard.type('New');
    await expect(item).toBeFocused();
    await keyboard.press('Enter');
    await expect(
      page.getByRole('dialog', { name: 'New matter' }).getByLabel('Name', { exact: true }),
    ).toBeFocused();
    await keyboard.press('Escape');
    await expect(library.button(CALL, 'Actions')).toBeFocused();
  });

  await test.step('a dialog that led to another', async () => {
    await keyboard.press('ControlOrMeta+n');
    await keyboard.type('Miller');
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Miller', level: 1 })).toBeVisible();
    const settings = page.getByRole('main').getByRole('button', { name: 'Miller' });
    await keyboard.use(settings);
    await keyboard.use(page.getByRole('button', { name: 'Delete this matter…' }));
    const question = page.getByRole('dialog', { name: /^Delete/ });
    await expect(question).toBeVisible();
    await keyboard.press('Escape');
    await expect(question).toBeHidden();
    await expect(settings).toBeFocused();
  });

  await test.step('the bar of a selection, and a notice', async () => {
    await keyboard.press('ControlOrMeta+k');
    await keyboard.type('All recordings');
    await keyboard.press('Enter');
    await keyboard.tabTo(library.row(CALL));
    await keyboard.press('ControlOrMeta+a');
    await keyboard.use(page.getByRole('button', { name: 'Clear the selection' }));
    await expect(page.getByRole('toolbar')).toHaveCount(0);
    await expect(library.button(CALL, 'Actions')).toBeFocused();
    await keyboard.tabTo(library.row(CALL), 'Shift+Tab');
    await keyboard.press('Delete');
    await expect(library.row('memo-en.mp3')).toBeFocused();
    await keyboard.use(page.getByRole('button', { name: 'Dismiss' }));
    await expect(library.button('memo-en.mp3', 'Actions')).toBeFocused();
    await keyboard.tabTo(library.row('memo-en.mp3'), 'Shift+Tab');
  });

  await test.step('a dialog that the command palette opened over a text', async () => {
    await keyboard.press('Enter');
    await transcript.expectOpen('memo-en.mp3');
    await keyboard.press('ControlOrMeta+k');
    await keyboard.type('versions');
    await keyboard.press('Enter');
    await expect(new VersionPage(app).rows).toHaveCount(1);
    await keyboard.press('Escape');
    await expect(transcript.text()).toBeFocused();
    await expect(transcript.button('Play'), 'Escape has done one thing').toBeVisible();
  });

  await test.step('the navigation of a narrow window gives it to the screen it leads to', async () => {
    await app.setSize(700, 600);
    await keyboard.press('Alt+ArrowLeft');
    await expect(library.row('memo-en.mp3')).toBeFocused();
    await keyboard.tabTo(page.getByRole('button', { name: 'Show navigation' }), 'Shift+Tab');
    await keyboard.press('Enter');
    await keyboard.use(page.getByRole('dialog').getByRole('button', { name: 'Settings', exact: true }));
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await expect(page.getByRole('main')).toBeFocused();
  });

  await test.step('Escape in an empty search field goes nowhere', async () => {
    await keyboard.press('ControlOrMeta+Shift+f', 'Escape');
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await expect(library.search).toBeFocused();
  });
});
