@echo off
chcp 65001 >nul
cd /d "%~dp0"
if not exist start.py echo 请先把压缩包全部解压，再双击 start.bat。Unpack the zip first, then open start.bat.
if not exist start.py pause
if not exist start.py exit /b 1
if not "%CD:~90,1%"=="" echo 文件夹的路径太长，请把它移到桌面再打开。The folder's path is too long: move it to the desktop.
if not "%CD:~90,1%"=="" pause
if not "%CD:~90,1%"=="" exit /b 1
set "RUN="
for %%V in ({pythons}) do if not defined RUN py -%%V -c "" >nul 2>nul && set "RUN=py -%%V"
if not defined RUN python -c "" >nul 2>nul && set "RUN=python"
if not defined RUN echo 没有找到 Python：请安装 Python {first}（安装时勾选 Add python.exe to PATH），再双击 start.bat。
if not defined RUN echo No Python: install Python {first} with "Add python.exe to PATH" ticked, then open start.bat again.
if defined RUN %RUN% start.py --lang {lang} %*
pause
