@echo off
chcp 65001 >nul
cd /d "%~dp0"
set "PYTHONS=3.13 3.12 3.14 3.11"
if "%~d0"=="\\" echo 课程在网络位置上，从那里打不开：请把整个文件夹复制到这台电脑，例如 C:\custseg。
if "%~d0"=="\\" pause
if "%~d0"=="\\" exit /b 1
if not exist start.py echo 请先把压缩包全部解压（右键 → 全部解压缩），再到解压出来的文件夹里双击“开始.bat”。
if not exist start.py pause
if not exist start.py exit /b 1
if not "%CD:~90,1%"=="" echo 文件夹的路径太长：请把它移到 C:\custseg，再双击“开始.bat”。
if not "%CD:~90,1%"=="" pause
if not "%CD:~90,1%"=="" exit /b 1
set "RUN="
for %%V in (%PYTHONS%) do if not defined RUN py -%%V -c "" >nul 2>nul && set "RUN=py -%%V"
if not defined RUN python -c "" >nul 2>nul && set "RUN=python"
if not defined RUN py -3 -c "" >nul 2>nul && set "RUN=py -3"
if defined RUN %RUN% start.py --lang zh %*
if defined RUN pause
if defined RUN exit /b
echo 这台电脑上没有找到 Python。按任意键打开下载页，然后：
echo   1. 找到 Python 3.13，点“Windows installer (64-bit)”，下载后双击。
echo   2. 第一个窗口最下面勾选“Add python.exe to PATH”，再点“Install Now”。
echo   3. 装好后，回到这里再双击“开始.bat”。
pause
start "" https://www.python.org/downloads/windows/
