import { EditorView } from '@codemirror/view';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useToasts } from '../../stores/toasts.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { exampleSegment } from './document/example-segments.ts';
import { SpeakingBridge } from './testing/speaking-bridge.ts';
import { RECORDING } from './testing/transcript-bridge.ts';
import { TranscriptScreen } from './transcript-screen.tsx';

const SEGMENTS = [
  exampleSegment('a', 0, 'Good morning, please sit down.', { speaker: 'Speaker 1' }),
  exampleSegment('b', 2000, 'Thank you very much.', { speaker: 'Speaker 2' }),
  exampleSegment('c', 4000, 'Shall we begin?', { speaker: 'Speaker 3', flags: ['unsureSpeaker'] }),
  exampleSegment('d', 6000, 'Yes, of course.', { speaker: 'Speaker 2' }),
];

let main: SpeakingBridge;

beforeEach(() => {
  // Nothing is played in this page.
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  // It tells that the selection has changed in the middle of the change, as no browser does.
  const { dispatchEvent } = Document.prototype;
  vi.spyOn(document, 'dispatchEvent').mockImplementation(
    (event) => event.type === 'selectionchange' || dispatchEvent.call(document, event),
  );
  main = new SpeakingBridge(SEGMENTS);
});
afterEach(() => {
  takeAway();
  vi.restoreAllMocks();
  useToasts.setState({ notices: [] });
});

/** Opens the transcript; returns its editor. */
async function open(): Promise<EditorView> {
  show(<TranscriptScreen recordingId={RECORDING} segmentId={null} play={false} />);
  const text = await screen.findByRole('textbox', { name: 'Transcript of hearing.wav' });
  return EditorView.findFromDOM(text) as EditorView;
}

/** Opens the panel with the speakers, as with its shortcut. */
async function openPanel() {
  const view = await open();
  fireEvent.keyDown(view.contentDOM, { key: 'A', code: 'KeyA', ctrlKey: true, shiftKey: true });
  const panel = await screen.findByRole('region', { name: 'Speakers' });
  await within(panel).findAllByText(/people|person|channel|told apart/u);
  return { view, panel: within(panel), element: panel };
}

function press(name: string | RegExp): void {
  fireEvent.click(screen.getByRole('button', { name }));
}

/** Chooses from a speaker's menu. */
async function choose(speaker: string, item: string): Promise<void> {
  fireEvent.keyDown(screen.getByRole('button', { name: `More about ${speaker}` }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
}

/** Gives a speaker to a paragraph by the name in the margin. */
async function assign(paragraph: number, speaker: string): Promise<void> {
  fireEvent.click(document.querySelectorAll('.vs-label')[paragraph] as HTMLElement);
  const ask = within(await screen.findByRole('dialog', { name: 'Who speaks here?' }));
  fireEvent.click(ask.getByText(speaker));
}

const told = () =>
  useToasts.getState().notices.map((one) => (one.kind === 'done' ? one.text : one.error.code));

function undo(): void {
  press(/^Undo/u);
}

it('lists who speaks and for how long, and takes what changes in the text', async () => {
  const { panel, element } = await openPanel();
  expect(panel.getByText('3 people, found by their voices')).toBeTruthy();
  expect(element.contains(document.activeElement)).toBe(true);
  const rows = panel.getAllByRole('listitem').map((row) => row.textContent);
  expect(rows).toEqual([
    'Speaker 1speaks 0:01, 33%',
    'Speaker 2speaks 0:01, 47%',
    'Speaker 3speaks 0:01, 20%',
  ]);
  press('Rename Speaker 2');
  const name = screen.getByRole('textbox', { name: 'New name of Speaker 2' });
  expect(document.activeElement).toBe(name);
  fireEvent.change(name, { target: { value: ' Laura ' } });
  fireEvent.submit(name);
  await waitFor(() => expect(main.speakers).toEqual(['Speaker 1', 'Laura', 'Speaker 3', 'Laura']));
  await waitFor(() => expect(panel.getAllByRole('listitem')[1]?.textContent).toContain('Laura'));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Rename Laura' }));
  expect(told()).toEqual(['Speaker 2 is Laura everywhere now. One undo takes it back.']);
  undo();
  await waitFor(() => expect(panel.getAllByRole('listitem')[1]?.textContent).toContain('Speaker 2'));
});

it('makes one speaker of two, from the panel and from a name in the text, and undoes that', async () => {
  const { panel } = await openPanel();
  await choose('Speaker 3', 'This is also…');
  const question = await screen.findByRole('group', { name: 'Speaker 3 is also:' });
  fireEvent.click(within(question).getByRole('button', { name: 'Speaker 1' }));
  await waitFor(() => expect(main.speakers).toEqual(['Speaker 1', 'Speaker 2', 'Speaker 1', 'Speaker 2']));
  await waitFor(() => expect(panel.getAllByRole('listitem')).toHaveLength(2));
  expect(told()).toEqual(['Speaker 3 and Speaker 1 are one person now. One undo takes it back.']);
  undo();
  await waitFor(() => expect(panel.getAllByRole('listitem')).toHaveLength(3));
  press('Close the speakers');

  fireEvent.click(document.querySelectorAll('.vs-label')[2] as HTMLElement);
  fireEvent.click(await screen.findByRole('button', { name: 'Speaker 3 is also…' }));
  expect(await screen.findByRole('group', { name: 'Speaker 3 is also:' })).toBeTruthy();
});

it('splits a speaker in two by their voices, or says that it is one', async () => {
  await openPanel();
  main.bridge.answer('speakers.split', () => {
    main.give(
      ({ id }) => id === 'd',
      'Speaker 4',
      () => true,
    );
    return { changed: true, speakers: ['Speaker 2', 'Speaker 4'] };
  });
  await choose('Speaker 2', 'Split into two people');
  await waitFor(() => expect(document.querySelector('.cm-content')?.textContent).toContain('Speaker 4'));
  expect(told()).toEqual([
    'Speaker 2 has become two people: Speaker 2 and Speaker 4. One undo takes it back.',
  ]);
  undo();
  await waitFor(() => expect(document.querySelector('.cm-content')?.textContent).not.toContain('Speaker 4'));
  main.bridge.answer('speakers.split', () => ({ changed: false, speakers: ['Speaker 1'] }));
  await choose('Speaker 1', 'Split into two people');
  await waitFor(() => expect(told().at(-1)).toMatch(/^All turns of Speaker 1 sound like one person\./u));
});

it('tells speakers apart for another number, shows how far it is, and lets the text be edited meanwhile', async () => {
  const { view, panel } = await openPanel();
  const held = main.bridge.hold('speakers.recount');
  press('How many speak?');
  fireEvent.change(panel.getByRole('combobox', { name: 'How many speak?' }), {
    target: { value: 'exactly' },
  });
  expect(panel.getByText(/Who speaks is decided anew for the whole text/u)).toBeTruthy();
  press('Tell apart again');
  await waitFor(() =>
    expect(main.bridge.inputs('speakers.recount')).toMatchObject([
      { count: { speakers: 2, isLimit: false } },
    ]),
  );
  expect(panel.getByText('Telling speakers apart…')).toBeTruthy();
  act(() => main.bridge.emit({ type: 'speakersChanged', recordingId: RECORDING, percent: 40 }));
  expect(panel.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');

  main.bridge.answer('transcripts.edit', ({ segments: [id = ''], texts: [text = ''] }) => {
    const before = main.segments.find((one) => one.id === id) ?? exampleSegment(id, 0, text);
    const changed = { ...before, text };
    main.segments = main.segments.map((one) => (one.id === id ? changed : one));
    const patch = { recordingId: RECORDING, after: null, removed: [id], inserted: [changed] };
    return [{ ...patch, canUndo: true, canRedo: false }];
  });
  act(() => view.dispatch({ changes: { from: 0, to: 4, insert: 'Fine' }, userEvent: 'input' }));
  await waitFor(() => expect(main.segments[0]?.text).toBe('Fine morning, please sit down.'));

  main.give(
    ({ speaker }) => speaker === 'Speaker 3',
    'Speaker 1',
    () => true,
  );
  main.view = { ...main.view, count: { speakers: 2, isLimit: false } };
  act(() => main.bridge.emit({ type: 'speakersChanged', recordingId: RECORDING, percent: null }));
  held.answer({ changed: true, speakers: 2 });
  await waitFor(() => expect(panel.getByText('2 people, as you asked')).toBeTruthy());
  expect(view.state.doc.toString()).toContain('Fine morning');
  expect(told()).toEqual(['2 people speak now. One undo takes it back.']);
  expect(panel.queryByRole('progressbar')).toBeNull();
});

it('opens the text again when its job has told the speakers apart', async () => {
  const { panel } = await openPanel();
  main.segments = main.segments.map((one) => ({
    ...one,
    speaker: one.speaker === 'Speaker 3' ? null : one.speaker,
  }));
  act(() => main.bridge.emit({ type: 'speakersChanged', recordingId: RECORDING, percent: null }));
  await waitFor(() => expect(panel.getAllByRole('listitem')[2]?.textContent).toContain('Not known'));
  press('Give a name to all that is not known');
  const name = screen.getByRole('textbox', { name: 'New name of Not known' });
  fireEvent.change(name, { target: { value: 'Clerk' } });
  fireEvent.submit(name);
  await waitFor(() => expect(main.speakers).toEqual(['Speaker 1', 'Speaker 2', 'Clerk', 'Speaker 2']));
});

it.each([
  ['channels', false, 'Each speaker has a channel of their own: that tells who speaks.'],
  ['nothing', true, 'Who speaks has not been told apart yet.'],
  [
    'nothing',
    false,
    'Who speaks has not been told apart, and the sound to do so is not there. You can name speakers by hand.',
  ],
] as const)('says how speakers were told apart: %s, to be changed: %s', async (by, canRecount, sentence) => {
  main.view = { ...main.view, by, canRecount };
  const { panel } = await openPanel();
  expect(panel.getByText(sentence)).toBeTruthy();
  expect(panel.queryByRole('button', { name: 'Tell speakers apart' }) !== null).toBe(canRecount);
  fireEvent.keyDown(screen.getByRole('button', { name: 'More about Speaker 1' }), { key: 'Enter' });
  await screen.findByRole('menuitem', { name: 'This is also…' });
  expect(screen.queryByRole('menuitem', { name: 'Split into two people' })).toBeNull();
});

it('says where one person speaks, and closes with Escape', async () => {
  main.segments = SEGMENTS.map((one) => ({ ...one, speaker: null }));
  const { view, panel, element } = await openPanel();
  expect(panel.getByText('One person speaks here. If you hear more, say how many.')).toBeTruthy();
  fireEvent.keyDown(element, { key: 'Escape' });
  expect(screen.queryByRole('region', { name: 'Speakers' })).toBeNull();
  expect(document.activeElement).toBe(view.contentDOM);
});

it('offers the paragraphs that sound like a corrected one, and gives the ticked ones as one edit', async () => {
  const view = await open();
  await waitFor(() => expect(main.bridge.inputs('speakers.overview')).toHaveLength(1));
  const like = (id: string, certainty: number) => {
    const { startMs, endMs, text, speaker } =
      SEGMENTS.find((one) => one.id === id) ?? exampleSegment(id, 0, '');
    return { id, startMs, endMs, text, speaker, certainty };
  };
  main.bridge.answer('speakers.similar', () => [like('d', 0.92), like('c', 0.55)]);
  await assign(1, 'Speaker 1');
  expect(
    await screen.findByText('2 more paragraphs sound like Speaker 1.', {}, { timeout: 3000 }),
  ).toBeTruthy();
  expect(main.bridge.inputs('speakers.similar')).toMatchObject([{ segments: ['b-1'], speaker: 'Speaker 1' }]);
  press('Review');
  const list = within(await screen.findByRole('region', { name: 'Sounds like Speaker 1' }));
  expect(list.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
    '00:06so far Speaker 292% certainYes, of course.',
    '00:04so far Speaker 355% certainShall we begin?',
  ]);
  press('Play from 00:06');
  expect(HTMLMediaElement.prototype.play).toHaveBeenCalled();
  fireEvent.click(list.getByRole('checkbox', { name: 'From 00:04' }));
  expect(list.getByRole('checkbox', { name: 'All' }).getAttribute('aria-checked')).toBe('mixed');
  const apply = list.getByRole('button', { name: 'Give 1 paragraph to Speaker 1' });
  fireEvent.submit(document.getElementById(apply.getAttribute('form') ?? '') as HTMLElement);
  await waitFor(() => expect(main.speakers).toEqual(['Speaker 1', 'Speaker 1', 'Speaker 3', 'Speaker 1']));
  expect(screen.queryByRole('region', { name: 'Sounds like Speaker 1' })).toBeNull();
  expect(document.activeElement).toBe(view.contentDOM);
  undo();
  await waitFor(() => expect(main.speakers).toEqual(['Speaker 1', 'Speaker 1', 'Speaker 3', 'Speaker 2']));
});

it('withdraws the offer once the correction is undone', async () => {
  await open();
  await waitFor(() => expect(main.bridge.inputs('speakers.overview')).toHaveLength(1));
  main.bridge.answer('speakers.similar', () => [
    { id: 'd', startMs: 6000, endMs: 6600, text: 'Yes, of course.', speaker: 'Speaker 2', certainty: 0.9 },
  ]);
  await assign(1, 'Speaker 1');
  await screen.findByText('1 more paragraph sounds like Speaker 1.', {}, { timeout: 3000 });
  undo();
  await waitFor(() => expect(screen.queryByText(/sounds like/u)).toBeNull());
});

it('visits uncertain speakers with the doubtful words, says why, and lets them be confirmed', async () => {
  const view = await open();
  const hop = () => screen.getByRole('button', { name: /uncertain speaker|No doubtful words/u });
  expect(hop().getAttribute('aria-label')).toBe('1 uncertain speaker: listen to the next place');
  expect(document.querySelectorAll('.vs-unsure')).toHaveLength(1);
  fireEvent.click(hop());
  expect(view.state.selection.main.from).toBe(view.state.doc.line(3).from);
  expect(await screen.findByText('Another speaker is nearly as likely here')).toBeTruthy();
  press('It is Speaker 3');
  await waitFor(() => expect(main.segments[2]?.flags).toEqual([]));
  await waitFor(() => expect(hop().getAttribute('aria-label')).toBe('No doubtful words'));
  expect(document.querySelectorAll('.vs-unsure')).toHaveLength(0);
  expect(screen.queryByText('Another speaker is nearly as likely here')).toBeNull();
});
