import { CaseSensitive, ChevronDown, ChevronUp, WholeWord, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../../components/button.tsx';
import { TextInput } from '../../../components/field.tsx';
import { classNames } from '../../../lib/class-names.ts';
import { say } from '../../../stores/toasts.ts';
import { RuleDialog, type RuleText } from '../corrected/rule-dialog.tsx';
import type { Finding, FindState } from './finding.ts';

/** Find in a text, and replace if it can be edited. */
export function FindBar({
  finding,
  recordingId = null,
}: {
  finding: Finding;
  /** The recording whose text is searched, where replacements can be made rules. */
  recordingId?: string | null;
}) {
  const { t } = useTranslation('transcript');
  const find = useStore(finding.store, (s) => s.find);
  const field = useRef<HTMLInputElement>(null);
  const asked = find?.asked;
  useEffect(() => {
    if (asked === undefined) return;
    field.current?.focus();
    field.current?.select();
  }, [asked]);
  if (find === null) return null;
  const press = (event: KeyboardEvent, isReplacement: boolean) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (isReplacement) finding.replace();
    else finding.go(event.shiftKey ? -1 : 1);
  };
  const hasMatches = find.count > 0;
  return (
    <search
      aria-label={finding.replaces ? t('find') : t('findLabel')}
      data-closes-on-escape
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        finding.close();
      }}
      className="appear flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-surface px-4 py-2"
    >
      <div className="flex flex-[1_1_13rem] items-center gap-1">
        <TextInput
          ref={field}
          className="min-w-0"
          aria-label={t('findLabel')}
          placeholder={t('findLabel')}
          value={find.text}
          maxLength={500}
          onChange={(event) => finding.change({ text: event.target.value })}
          onKeyDown={(event) => press(event, false)}
        />
        <Toggle
          label={t('matchCase')}
          isOn={find.matchCase}
          onToggle={() => finding.change({ matchCase: !find.matchCase })}
        >
          <CaseSensitive aria-hidden size="1.125rem" />
        </Toggle>
        <Toggle
          label={t('wholeWords')}
          isOn={find.wholeWords}
          onToggle={() => finding.change({ wholeWords: !find.wholeWords })}
        >
          <WholeWord aria-hidden size="1.125rem" />
        </Toggle>
      </div>
      <p aria-live="polite" className="figures min-w-20 text-sm text-ink-soft">
        {find.text === ''
          ? ''
          : hasMatches
            ? t('matchOf', { current: find.current + 1, count: find.count })
            : t('noMatch')}
      </p>
      <div className="flex items-center">
        <IconButton label={t('previousMatch')} disabled={!hasMatches} onClick={() => finding.go(-1)}>
          <ChevronUp aria-hidden size="1.125rem" />
        </IconButton>
        <IconButton label={t('nextMatch')} disabled={!hasMatches} onClick={() => finding.go(1)}>
          <ChevronDown aria-hidden size="1.125rem" />
        </IconButton>
      </div>
      {finding.replaces && (
        <Replacing
          find={find}
          finding={finding}
          recordingId={recordingId}
          onPress={(event) => press(event, true)}
        />
      )}
      <IconButton label={t('closeFind')} onClick={() => finding.close()}>
        <X aria-hidden size="1.125rem" />
      </IconButton>
    </search>
  );
}

/** The replacement. */
function Replacing({
  find,
  finding,
  recordingId,
  onPress,
}: {
  find: FindState;
  finding: Finding;
  recordingId: string | null;
  onPress: (event: KeyboardEvent) => void;
}) {
  const { t } = useTranslation(['transcript', 'corrections']);
  const hasMatches = find.count > 0;
  const [offered, setOffered] = useState<RuleText | null>(null);
  const [isMaking, setMaking] = useState(false);
  const { text, replacement, matchCase } = find;
  /** A replacement that was just made may be wanted in new transcripts, too. */
  const offer = () => setOffered(replacement.trim() === '' ? null : { find: text, replacement, matchCase });
  const replace = () => {
    finding.replace();
    offer();
  };
  const replaceAll = async () => {
    const count = await finding.replaceAll();
    if (count === 0) return;
    say(t('replaced', { count }));
    offer();
  };
  return (
    <div className="order-1 flex flex-[2_1_25rem] flex-wrap items-center gap-1.5 @lg/page:order-none">
      <TextInput
        className="w-auto min-w-36 flex-1"
        aria-label={t('replaceLabel')}
        placeholder={t('replaceLabel')}
        value={find.replacement}
        maxLength={500}
        onChange={(event) => finding.change({ replacement: event.target.value })}
        onKeyDown={onPress}
      />
      <Button className="px-2!" disabled={!hasMatches} onClick={replace}>
        {t('replace')}
      </Button>
      <Button className="px-2!" disabled={!hasMatches} onClick={() => void replaceAll()}>
        {t('replaceAll')}
      </Button>
      {offered !== null && recordingId !== null && (
        <Button className="px-2!" look="plain" onClick={() => setMaking(true)}>
          {t('corrections:alwaysOffer')}
        </Button>
      )}
      {isMaking && offered !== null && recordingId !== null && (
        <RuleDialog recordingId={recordingId} first={offered} onClose={() => setMaking(false)} />
      )}
    </div>
  );
}

function Toggle({
  label,
  isOn,
  onToggle,
  children,
}: {
  label: string;
  isOn: boolean;
  onToggle: () => void;
  children: React.ReactNode;
}) {
  return (
    <IconButton
      label={label}
      aria-pressed={isOn}
      onClick={onToggle}
      className={classNames('size-8 min-h-8 p-0', isOn && 'bg-selected text-accent')}
    >
      {children}
    </IconButton>
  );
}
