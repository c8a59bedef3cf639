@echo off
chcp 65001 >nul
cd /d "%~dp0"
set "PYTHONS=3.13 3.12 3.14 3.11"
if "%~d0"=="\\" echo The course is on a network place and does not open from there: copy the whole folder to this computer, such as C:\custseg.
if "%~d0"=="\\" pause
if "%~d0"=="\\" exit /b 1
if not exist start.py echo Unpack the zip first (right-click, Extract All), then double-click Start.bat in the folder that came out of it.
if not exist start.py pause
if not exist start.py exit /b 1
if not "%CD:~90,1%"=="" echo The folder's path is too long: move it to C:\custseg, then double-click Start.bat again.
if not "%CD:~90,1%"=="" pause
if not "%CD:~90,1%"=="" exit /b 1
set "RUN="
for %%V in (%PYTHONS%) do if not defined RUN py -%%V -c "" >nul 2>nul && set "RUN=py -%%V"
if not defined RUN python -c "" >nul 2>nul && set "RUN=python"
if not defined RUN py -3 -c "" >nul 2>nul && set "RUN=py -3"
if defined RUN %RUN% start.py --lang en %*
if defined RUN pause
if defined RUN exit /b
echo No Python was found on this computer. Press a key to open the download page, then:
echo   1. Find Python 3.13, click "Windows installer (64-bit)" and double-click what was downloaded.
echo   2. In the first window tick "Add python.exe to PATH" at the bottom, then "Install Now".
echo   3. When it is installed, double-click Start.bat here again.
pause
start "" https://www.python.org/downloads/windows/
