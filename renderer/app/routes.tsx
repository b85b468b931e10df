import { DeleteMatterDialog } from '../features/library/delete-matter-dialog.tsx';
import { DueDialog } from '../features/library/due-dialog.tsx';
import { EraseDialog } from '../features/library/erase-dialog.tsx';
import { HandOverDialog } from '../features/library/hand-over-dialog.tsx';
import { JoinDialog } from '../features/library/join-dialog.tsx';
import { LibraryScreen } from '../features/library/library-screen.tsx';
import { MatterDialog } from '../features/library/matter-dialog.tsx';
import { ReceiveMatterDialog } from '../features/library/receive-matter-dialog.tsx';
import { SpeakerCountDialog } from '../features/library/speaker-count-dialog.tsx';
import { UnlikeTextDialog } from '../features/library/unlike-text-dialog.tsx';
import { StartDialog } from '../features/record/start-dialog.tsx';
import { UnfinishedOffer } from '../features/record/unfinished-offer.tsx';
import { LockDialog } from '../features/unlock/lock-dialog.tsx';
import { closeOverlay, type Overlay, type Route } from '../stores/navigation.ts';
import { CommandPalette } from './command-palette.tsx';
import { loadedLater, loadWhenIdle } from './loaded-later.tsx';

const transcript = loadedLater(() =>
  import('../features/transcript/transcript-screen.tsx').then((code) => code.TranscriptScreen),
);
const version = loadedLater(() =>
  import('../features/transcript/versions/version-screen.tsx').then((code) => code.VersionScreen),
);
const rerun = loadedLater(() =>
  import('../features/transcript/retranscribe/retranscribe-dialog.tsx').then(
    (code) => code.RetranscribeDialog,
  ),
);
const versions = loadedLater(() =>
  import('../features/transcript/versions/versions-dialog.tsx').then((code) => code.VersionsDialog),
);
const pseudonyms = loadedLater(() =>
  import('../features/transcript/pseudonyms/pseudonyms-dialog.tsx').then((code) => code.PseudonymsDialog),
);
const exporting = loadedLater(() =>
  import('../features/export/export-dialog.tsx').then((code) => code.ExportDialog),
);
const models = loadedLater(() =>
  import('../features/models/models-screen.tsx').then((code) => code.ModelsScreen),
);
const trial = loadedLater(() =>
  import('../features/models/trial-dialog.tsx').then((code) => code.TrialDialog),
);
const settings = loadedLater(() =>
  import('../features/settings/settings-screen.tsx').then((code) => code.SettingsScreen),
);

const report = loadedLater(() =>
  import('../features/settings/diagnostics-dialog.tsx').then((code) => code.DiagnosticsDialog),
);

/** Preloads what the library does not need, in the likely order of requests. */
export function loadScreensWhenIdle(): void {
  loadWhenIdle([
    ...[transcript, exporting, models, trial, settings, rerun, pseudonyms, versions, version, report],
  ]);
}

/** A route's screen. */
export function Screen({ route }: { route: Route }) {
  switch (route.screen) {
    case 'library':
      return <LibraryScreen scope={route.scope} offers={<UnfinishedOffer />} />;
    case 'transcript':
      return (
        <transcript.Component
          key={route.recordingId}
          recordingId={route.recordingId}
          segmentId={route.segmentId}
          play={route.play}
        />
      );
    case 'version':
      return (
        <version.Component
          key={route.versionId}
          recordingId={route.recordingId}
          versionId={route.versionId}
        />
      );
    case 'models':
      return <models.Component />;
    case 'settings':
      return <settings.Component />;
  }
}

/** The layer over the screen. */
export function OverlayView({ overlay }: { overlay: Overlay }) {
  switch (overlay.kind) {
    case 'palette':
      return <CommandPalette onClose={closeOverlay} />;
    case 'lock':
      return <LockDialog onClose={closeOverlay} />;
    case 'record':
      return <StartDialog onClose={closeOverlay} />;
    case 'report':
      return <report.Component onClose={closeOverlay} />;
    case 'matter':
      return <MatterDialog key={overlay.id} matterId={overlay.id} onClose={closeOverlay} />;
    case 'deleteMatter':
      return <DeleteMatterDialog matterId={overlay.id} onClose={closeOverlay} />;
    case 'trial':
      return <trial.Component recordingId={overlay.recordingId} onClose={closeOverlay} />;
    case 'handOver':
      return <HandOverDialog matterId={overlay.matterId} onClose={closeOverlay} />;
    case 'receiveMatter':
      return (
        <ReceiveMatterDialog
          key={overlay.offered?.name}
          offered={overlay.offered ?? null}
          onClose={closeOverlay}
        />
      );
    case 'speakerCount':
      return <SpeakerCountDialog recordingId={overlay.recordingId} onClose={closeOverlay} />;
    case 'unlikeText':
      return <UnlikeTextDialog recordingId={overlay.recordingId} onClose={closeOverlay} />;
    case 'join':
      return <JoinDialog recordingIds={overlay.recordingIds} onClose={closeOverlay} />;
    case 'due':
      return <DueDialog onClose={closeOverlay} />;
    case 'erase':
      return <EraseDialog recordingIds={overlay.recordingIds} onClose={closeOverlay} />;
    case 'rerun':
      return (
        <rerun.Component recordingId={overlay.recordingId} choices={overlay.choices} onClose={closeOverlay} />
      );
    case 'versions':
      return <versions.Component recordingId={overlay.recordingId} onClose={closeOverlay} />;
    case 'pseudonyms':
      return (
        <pseudonyms.Component recordingId={overlay.recordingId} text={overlay.text} onClose={closeOverlay} />
      );
    case 'export':
      return (
        <exporting.Component
          recordingIds={overlay.recordingIds}
          version={overlay.version}
          pseudonymised={overlay.pseudonymised === true}
          onClose={closeOverlay}
        />
      );
  }
}
