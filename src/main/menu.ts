import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Words } from './words.ts';

/** The app's menu: what every program has; macOS shows it, elsewhere it is hidden behind Alt. */
export function installMenu(isPackaged: boolean, words: Words): void {
  const { menu } = words;
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom', label: menu.actualSize },
    { role: 'zoomIn', label: menu.zoomIn },
    { role: 'zoomOut', label: menu.zoomOut },
    { role: 'togglefullscreen', label: menu.fullScreen },
  ];
  if (!isPackaged) view.push({ role: 'toggleDevTools' });
  const template: MenuItemConstructorOptions[] = [
    process.platform === 'darwin'
      ? { role: 'appMenu' }
      : { label: menu.file, submenu: [{ role: 'quit', label: menu.quit }] },
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
        { role: 'minimize', label: menu.minimize },
        { role: 'close', label: menu.close },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
