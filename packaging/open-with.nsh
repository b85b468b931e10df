; Lists VoiceSync under "Open with" for recordings, without becoming the usual program for any of them. The endings are
; those of electron-builder.yml: checks/open-with.test.ts compares both.
!define OPEN_WITH "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
!define MATTER "VoiceSync.Matter"

!macro customInstall
  WriteRegStr SHCTX "${OPEN_WITH}" "FriendlyAppName" "VoiceSync"
  WriteRegStr SHCTX "${OPEN_WITH}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".wav" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".wave" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".bwf" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".mp3" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".mp2" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".mpga" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".m4a" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".m4b" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".aac" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".flac" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".ogg" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".oga" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".opus" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".spx" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".aif" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".aiff" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".aifc" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".caf" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".amr" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".awb" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".wma" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".dss" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".ds2" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".mka" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".mp4" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".m4v" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".mov" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".qt" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".mkv" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".webm" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".avi" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".wmv" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".asf" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".mpg" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".mpeg" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".3gp" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".3gpp" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".3g2" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".mxf" ""
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" ".voicesync" ""
  ; A matter that is handed over is a file of this program's own.
  WriteRegStr SHCTX "Software\Classes\.voicesync" "" "${MATTER}"
  WriteRegStr SHCTX "Software\Classes\${MATTER}" "" "VoiceSync matter"
  WriteRegStr SHCTX "Software\Classes\${MATTER}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "${OPEN_WITH}"
  DeleteRegKey SHCTX "Software\Classes\.voicesync"
  DeleteRegKey SHCTX "Software\Classes\${MATTER}"
!macroend
