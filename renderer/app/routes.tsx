import { ExportDialog } from '../features/export/export-dialog.tsx';
import { DeleteMatterDialog } from '../features/library/delete-matter-dialog.tsx';
import { EraseDialog } from '../features/library/erase-dialog.tsx';
import { JoinDialog } from '../features/library/join-dialog.tsx';
import { LibraryScreen } from '../features/library/library-screen.tsx';
import { MatterDialog } from '../features/library/matter-dialog.tsx';
import { ModelsScreen } from '../features/models/models-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { RerunDialog } from '../features/transcript/rerun-dialog.tsx';
import { TranscriptScreen } from '../features/transcript/transcript-screen.tsx';
import { VersionScreen } from '../features/transcript/version-screen.tsx';
import { VersionsDialog } from '../features/transcript/versions-dialog.tsx';
import { LockDialog } from '../features/unlock/lock-dialog.tsx';
import { closeOverlay, type Overlay, type Route } from '../stores/navigation.ts';
import { CommandPalette } from './command-palette.tsx';

/** What a route shows. */
export function Screen({ route }: { route: Route }) {
  switch (route.screen) {
    case 'library':
      return <LibraryScreen scope={route.scope} />;
    case 'transcript':
      return (
        <TranscriptScreen
          key={route.recordingId}
          recordingId={route.recordingId}
          segmentId={route.segmentId}
          play={route.play}
        />
      );
    case 'version':
      return (
        <VersionScreen key={route.versionId} recordingId={route.recordingId} versionId={route.versionId} />
      );
    case 'models':
      return <ModelsScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}

/** What lies over the screen. */
export function OverlayView({ overlay }: { overlay: Overlay }) {
  switch (overlay.kind) {
    case 'palette':
      return <CommandPalette onClose={closeOverlay} />;
    case 'lock':
      return <LockDialog onClose={closeOverlay} />;
    case 'matter':
      return <MatterDialog key={overlay.id} matterId={overlay.id} onClose={closeOverlay} />;
    case 'deleteMatter':
      return <DeleteMatterDialog matterId={overlay.id} onClose={closeOverlay} />;
    case 'join':
      return <JoinDialog recordingIds={overlay.recordingIds} onClose={closeOverlay} />;
    case 'erase':
      return <EraseDialog recordingIds={overlay.recordingIds} onClose={closeOverlay} />;
    case 'rerun':
      return (
        <RerunDialog recordingId={overlay.recordingId} choices={overlay.choices} onClose={closeOverlay} />
      );
    case 'versions':
      return <VersionsDialog recordingId={overlay.recordingId} onClose={closeOverlay} />;
    case 'export':
      return (
        <ExportDialog recordingIds={overlay.recordingIds} version={overlay.version} onClose={closeOverlay} />
      );
  }
}
