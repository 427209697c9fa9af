@echo off
rem Porthole's launcher in a checkout on Windows; ./porthole has the words. Builds what is missing, then becomes the
rem program that the first argument names. Changed sources are built with: mvnw -DskipTests package
setlocal
set "HERE=%~dp0"
set "DIST=%HERE%packaging\target\dist"
if defined PORTHOLE_DIST set "DIST=%PORTHOLE_DIST%"

if defined PORTHOLE_JAVA_HOME set "JAVA_HOME=%PORTHOLE_JAVA_HOME%"
if not defined JAVA_HOME for %%D in ("%ProgramFiles%\Eclipse Adoptium\jdk-25*" "%ProgramFiles%\Java\jdk-25*") do set "JAVA_HOME=%%~D"
if not exist "%JAVA_HOME%\bin\javac.exe" (
  echo Porthole needs a JDK 25 or later and found none. 1>&2
  echo Install one from https://adoptium.net, or set PORTHOLE_JAVA_HOME to the folder of one. 1>&2
  exit /b 1
)

if not exist "%DIST%\stamp" (
  echo Building Porthole ^(once, the first run only^)... 1>&2
  if not exist "%HERE%target" mkdir "%HERE%target"
  call "%HERE%mvnw.cmd" -f "%HERE%pom.xml" -Dmaven.test.skip=true -Dspotless.check.skip=true -Denforcer.skip=true -Djacoco.skip=true package >"%HERE%target\launcher-build.log" 2>&1
  if errorlevel 1 (
    echo The build failed. Its log is %HERE%target\launcher-build.log 1>&2
    exit /b 1
  )
)

set "JAVA=%JAVA_HOME%\bin\java"
if "%~1"=="" (
  "%JAVA%" "@%DIST%\jvm\app.options" "-Dporthole.jvm.options=%DIST%\jvm" --module-path "%DIST%\fx" --add-modules javafx.controls -cp "%DIST%\lib\*" dev.porthole.desktop.app.Main
  exit /b
)
if "%~1"=="server" goto server
"%JAVA%" "@%DIST%\jvm\cli.options" "-Dporthole.jvm.options=%DIST%\jvm" -cp "%DIST%\lib\*" dev.porthole.desktop.cli.Main %*
exit /b

:server
rem %* keeps the first argument even after shift: collect the others.
shift
set "REST="
:collect
if "%~1"=="" goto run
set "REST=%REST% %1"
shift
goto collect
:run
"%JAVA%" "@%DIST%\jvm\server.options" "-Dporthole.jvm.options=%DIST%\jvm" -cp "%DIST%\lib\*" dev.porthole.server.Main%REST%
exit /b
