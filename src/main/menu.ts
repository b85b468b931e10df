import { Menu, type MenuItemConstructorOptions } from 'electron';
import { acceleratorOf, type ShortcutIdIn, type ShortcutKeys } from '../contract/shortcuts.ts';
import type { DialogTexts } from './dialogs.ts';

/** The application menu, with the standard items; macOS shows it, elsewhere Alt does. */
export function installMenu(isPackaged: boolean, t: DialogTexts, keys: ShortcutKeys): void {
  const items = (
    id: ShortcutIdIn<'window'>,
    role: NonNullable<MenuItemConstructorOptions['role']>,
    label: string,
  ) => itemsWithKeys({ role, label }, keys[id].map(acceleratorOf));
  const view: MenuItemConstructorOptions[] = [
    ...items('actualSize', 'resetZoom', t('menu.actualSize')),
    ...items('zoomIn', 'zoomIn', t('menu.zoomIn')),
    ...items('zoomOut', 'zoomOut', t('menu.zoomOut')),
    ...items('fullScreen', 'togglefullscreen', t('menu.fullScreen')),
  ];
  if (!isPackaged) view.push({ role: 'toggleDevTools' });
  const template: MenuItemConstructorOptions[] = [
    process.platform === 'darwin'
      ? { role: 'appMenu' }
      : { label: t('menu.file'), submenu: items('quit', 'quit', t('menu.quit')) },
    // Undo and redo are the editor's: the system's roles would bypass it.
    {
      label: t('menu.edit'),
      submenu: [
        { role: 'cut', label: t('menu.cut') },
        { role: 'copy', label: t('menu.copy') },
        { role: 'paste', label: t('menu.paste') },
        { role: 'selectAll', label: t('menu.selectAll') },
      ],
    },
    { label: t('menu.view'), submenu: view },
    {
      label: t('menu.window'),
      submenu: [
        ...items('minimize', 'minimize', t('menu.minimize')),
        ...items('closeWindow', 'close', t('menu.close')),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** One visible item, and an invisible one per further key. Without any, the role's default key must be disabled too. */
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
