; The installer for Windows: for the person who runs it, without an administrator. `cargo xtask dist windows` hands it
; VERSION, NUMBERS (the version as four numbers), FOLDER (what is to be installed), ICON and OUT.
Unicode true
; NSIS's programs of 32 bits do not run everywhere any more, and need not.
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all

!include MUI2.nsh
!include x64.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Fieldbook"
!define CLASSES "Software\Classes"
!define CLASS "Fieldbook.Package"
; Where the WebView2 runtime says its version, for the machine and for one person.
!define WEBVIEW "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
; What the system's web view keeps for itself; nothing of an exam is in it.
!define VIEW "$LOCALAPPDATA\tw.fieldbook.desktop"

Name "$(PRODUCT)"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Fieldbook"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "Fieldbook ${VERSION}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\fieldbook-desktop.exe"
!define MUI_FINISHPAGE_RUN_NOTCHECKED
!insertmacro MUI_PAGE_LICENSE "${FOLDER}\LICENSE.txt"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "TradChinese"
!insertmacro MUI_LANGUAGE "English"

LangString PRODUCT ${LANG_TRADCHINESE} "查核簿 Fieldbook"
LangString PRODUCT ${LANG_ENGLISH} "Fieldbook"
LangString PACKAGE ${LANG_TRADCHINESE} "查核簿交接檔"
LangString PACKAGE ${LANG_ENGLISH} "Fieldbook hand-over package"
LangString RUNNING ${LANG_TRADCHINESE} "查核簿仍在執行。請先關閉，再按「重試」。"
LangString RUNNING ${LANG_ENGLISH} "Fieldbook is still running. Close it, then retry."
LangString NO_WEBVIEW ${LANG_TRADCHINESE} "這台電腦沒有 Microsoft Edge WebView2 執行階段，查核簿的視窗無法開啟；命令列 fieldbook.exe 不受影響。$\r$\n$\r$\n請向資訊人員索取 WebView2 執行階段的離線安裝檔（Evergreen Standalone Installer）。仍要安裝查核簿嗎？"
LangString NO_WEBVIEW ${LANG_ENGLISH} "This computer lacks the Microsoft Edge WebView2 runtime, without which Fieldbook's window does not open; the command line fieldbook.exe does not need it.$\r$\n$\r$\nAsk for the offline installer of the WebView2 runtime (Evergreen Standalone Installer). Install Fieldbook all the same?"
LangString ONLY_64 ${LANG_TRADCHINESE} "查核簿需要 64 位元的 Windows 10 或以上版本。"
LangString ONLY_64 ${LANG_ENGLISH} "Fieldbook needs Windows 10 or later, of 64 bits."
LangString VAULT_STAYS ${LANG_TRADCHINESE} "保管庫不會移除：$LOCALAPPDATA\fieldbook"
LangString VAULT_STAYS ${LANG_ENGLISH} "The vault stays: $LOCALAPPDATA\fieldbook"

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=${LANG_TRADCHINESE} "ProductName" "查核簿 Fieldbook"
VIAddVersionKey /LANG=${LANG_TRADCHINESE} "FileDescription" "查核簿 Fieldbook 安裝程式"
VIAddVersionKey /LANG=${LANG_TRADCHINESE} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_TRADCHINESE} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_TRADCHINESE} "LegalCopyright" "MIT OR Apache-2.0"

; A program that runs cannot be written to.
!macro UNTIL_CLOSED UN
Function ${UN}UntilClosed
  again:
    IfFileExists "$INSTDIR\fieldbook-desktop.exe" 0 closed
    ClearErrors
    FileOpen $0 "$INSTDIR\fieldbook-desktop.exe" a
    IfErrors 0 writable
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
    Abort
  writable:
    FileClose $0
  closed:
FunctionEnd
!macroend
!insertmacro UNTIL_CLOSED ""
!insertmacro UNTIL_CLOSED "un."

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "$(ONLY_64)" /SD IDOK
    Abort
  ${EndIf}
  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\${WEBVIEW}" "pv"
  ${If} $0 == ""
  ${OrIf} $0 == "0.0.0.0"
    ReadRegStr $0 HKCU "Software\${WEBVIEW}" "pv"
  ${EndIf}
  ${If} $0 == ""
  ${OrIf} $0 == "0.0.0.0"
    MessageBox MB_YESNO|MB_ICONEXCLAMATION "$(NO_WEBVIEW)" /SD IDYES IDYES anyway
    Abort
    anyway:
  ${EndIf}
FunctionEnd

Section
  Call UntilClosed
  SetOutPath "$INSTDIR"
  File "${FOLDER}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\$(PRODUCT).lnk" "$INSTDIR\fieldbook-desktop.exe"

  ; Windows looks at the last extension only, and .age belongs to others too: the window is offered, no default is taken.
  WriteRegStr HKCU "${CLASSES}\${CLASS}" "" "$(PACKAGE)"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\DefaultIcon" "" "$INSTDIR\fieldbook-desktop.exe,0"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\shell\open\command" "" '"$INSTDIR\fieldbook-desktop.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.age\OpenWithProgids" "${CLASS}" ""

  WriteRegStr HKCU "${KEY}" "DisplayName" "$(PRODUCT)"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\fieldbook-desktop.exe,0"
  WriteRegStr HKCU "${KEY}" "Publisher" "Fieldbook"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  Call un.UntilClosed
  DetailPrint "$(VAULT_STAYS)"
  Delete "$INSTDIR\fieldbook.exe"
  Delete "$INSTDIR\fieldbook-desktop.exe"
  Delete "$INSTDIR\WebView2Loader.dll"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\licences.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "${VIEW}"
  ; The language may have been another when it was installed.
  Delete "$SMPROGRAMS\查核簿 Fieldbook.lnk"
  Delete "$SMPROGRAMS\Fieldbook.lnk"
  DeleteRegValue HKCU "${CLASSES}\.age\OpenWithProgids" "${CLASS}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.age\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.age"
  DeleteRegKey HKCU "${CLASSES}\${CLASS}"
  DeleteRegKey HKCU "${KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
