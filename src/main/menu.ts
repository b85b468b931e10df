import { Menu, type MenuItemConstructorOptions } from 'electron';
import { acceleratorOf, type ShortcutIdIn, type ShortcutKeys } from '../contract/shortcuts.ts';
import type { Words } from './words.ts';

/** The app's menu: what every program has; macOS shows it, elsewhere it is hidden behind Alt. */
export function installMenu(isPackaged: boolean, words: Words, keys: ShortcutKeys): void {
  const { menu } = words;
  const items = (
    id: ShortcutIdIn<'window'>,
    role: NonNullable<MenuItemConstructorOptions['role']>,
    label: string,
  ) => itemsWithKeys({ role, label }, keys[id].map(acceleratorOf));
  const view: MenuItemConstructorOptions[] = [
    ...items('actualSize', 'resetZoom', menu.actualSize),
    ...items('zoomIn', 'zoomIn', menu.zoomIn),
    ...items('zoomOut', 'zoomOut', menu.zoomOut),
    ...items('fullScreen', 'togglefullscreen', menu.fullScreen),
  ];
  if (!isPackaged) view.push({ role: 'toggleDevTools' });
  const template: MenuItemConstructorOptions[] = [
    process.platform === 'darwin'
      ? { role: 'appMenu' }
      : { label: menu.file, submenu: items('quit', 'quit', menu.quit) },
    // Undo and redo are the editor's own: the system's would reach past it.
    {
      label: menu.edit,
      submenu: [
        { role: 'cut', label: menu.cut },
        { role: 'copy', label: menu.copy },
        { role: 'paste', label: menu.paste },
        { role: 'selectAll', label: menu.selectAll },
      ],
    },
    { label: menu.view, submenu: view },
    {
      label: menu.window,
      submenu: [
        ...items('minimize', 'minimize', menu.minimize),
        ...items('closeWindow', 'close', menu.close),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** One visible line, and an invisible one for each further key. Without any, the role's own key must not count either. */
function itemsWithKeys(
  item: MenuItemConstructorOptions,
  accelerators: readonly (string | null)[],
): MenuItemConstructorOptions[] {
  const [first = '', ...more] = accelerators.filter((accelerator) => accelerator !== null);
  return [
    { ...item, accelerator: first },
    ...more.map((accelerator) => ({ ...item, accelerator, visible: false })),
  ];
}
