# Installs xlcrm for the user of this machine, and for a class of 30 in one line on each:
#
#   powershell -ExecutionPolicy Bypass -File install-class.ps1
#   powershell -ExecutionPolicy Bypass -File \\server\share\install-class.ps1 -Wheels \\server\share\wheels
#
# No administrator is needed, nor trust in the VBA project. Python goes into a private environment
# (%LOCALAPPDATA%\xlcrm\python), outside OneDrive; the add-in goes into the XLSTART folder.
#
# -Wheels  a folder with the wheels of xlcrm and all it needs, for rooms without internet
# -Python  the Python to start from; by default the newest that the launcher "py" knows
# -Remove  takes everything away again

param(
    [string]$Wheels = "",
    [string]$Python = "",
    [switch]$Remove
)

$ErrorActionPreference = "Stop"
$home_folder = Join-Path $env:LOCALAPPDATA "xlcrm"
$environment = Join-Path $home_folder "python"
$program = Join-Path $environment "Scripts\xlcrm.exe"

function Stop-WithSentence([string]$sentence) {
    Write-Host $sentence -ForegroundColor Red
    exit 1
}

if (Get-Process -Name EXCEL -ErrorAction SilentlyContinue) {
    Stop-WithSentence "Close every window of Excel first. / Fermez d'abord toutes les fenetres d'Excel."
}

if ($Remove) {
    if (Test-Path $program) { & $program install --remove }
    if (Test-Path $environment) { Remove-Item $environment -Recurse -Force }
    Write-Host "xlcrm is removed. / xlcrm est supprime."
    exit 0
}

if (-not $Python) {
    if (-not (Get-Command py -ErrorAction SilentlyContinue)) {
        Stop-WithSentence "Install Python 3.11 or later from python.org (not from the Microsoft Store). / Installez Python 3.11 ou plus recent depuis python.org (pas depuis le Microsoft Store)."
    }
    $Python = & py -3 -c "import sys; print(sys.executable)"
}
if ($Python -like "*\WindowsApps\*") {
    Stop-WithSentence "This Python comes from the Microsoft Store, which Excel cannot start. Install the one from python.org. / Ce Python vient du Microsoft Store : installez celui de python.org."
}

if (-not (Test-Path (Join-Path $environment "Scripts\python.exe"))) {
    & $Python -m venv $environment
    if ($LASTEXITCODE -ne 0) { Stop-WithSentence "The Python environment could not be made. / L'environnement Python n'a pas pu etre cree." }
}
$pip = @("-m", "pip", "install", "--upgrade", "--quiet")
if ($Wheels) { $pip += @("--no-index", "--find-links", $Wheels) }
& (Join-Path $environment "Scripts\python.exe") @pip xlcrm
if ($LASTEXITCODE -ne 0) { Stop-WithSentence "xlcrm could not be installed. / xlcrm n'a pas pu etre installe." }

& $program install
if ($LASTEXITCODE -ne 0) { Stop-WithSentence "The add-in could not be installed. / Le complement n'a pas pu etre installe." }
& $program doctor
exit $LASTEXITCODE
