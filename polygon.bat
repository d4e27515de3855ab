@echo off
rem Runs the Polygon command line; builds it first when it is not built yet.
setlocal enabledelayedexpansion
set "root=%~dp0"
set "app=%root%cli\target\app"
set "java="
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" call :try "%JAVA_HOME%\bin\java.exe"
if not defined java for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk-25*" "%ProgramFiles%\Java\jdk-25*" "%ProgramFiles%\Microsoft\jdk-25*" "%ProgramFiles%\Zulu\zulu-25*") do if not defined java call :try "%%~d\bin\java.exe"
if not defined java for %%j in (java.exe) do if not "%%~$PATH:j"=="" call :try "%%~$PATH:j"
if not defined java (
  echo polygon: no JDK 25 found. Install one ^(for example Temurin 25^) or set JAVA_HOME to it. 1>&2
  exit /b 1
)
rem Rebuild when a source is newer than the last build.
set "stale=1"
if exist "%app%\built" (
  powershell -NoProfile -Command "$b=(Get-Item '%app%\built').LastWriteTime; $n=Get-ChildItem '%root%core','%root%client','%root%store','%root%library','%root%server','%root%simulator','%root%cli' -Recurse -File | Where-Object { $_.FullName -notmatch '\\target\\' -and ($_.FullName -match '\\src\\main\\' -or $_.Name -eq 'pom.xml') -and $_.LastWriteTime -gt $b } | Select-Object -First 1; if ($n -or (Get-Item '%root%pom.xml').LastWriteTime -gt $b) { exit 1 } else { exit 0 }"
  if not errorlevel 1 set "stale="
)
if defined stale (
  where mvn >nul 2>nul
  if errorlevel 1 (
    echo polygon: Maven ^(mvn^) is needed to build; install it and run again. 1>&2
    exit /b 1
  )
  echo polygon: building ^(once; later starts skip this^) 1>&2
  if not exist "%root%cli\target" mkdir "%root%cli\target"
  call mvn -B -f "%root%pom.xml" -pl cli -am package -Dmaven.test.skip=true -Dformat.skip -Papp > "%root%cli\target\build.log" 2>&1
  if errorlevel 1 (
    findstr /b "[ERROR]" "%root%cli\target\build.log" 1>&2
    echo polygon: the build failed; the whole log is %root%cli\target\build.log 1>&2
    exit /b 1
  )
  type nul > "%app%\built"
  echo polygon: built 1>&2
)
"%java%" -Xms16m -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %POLYGON_JAVA_OPTS% -cp "%app%\lib\*" com.alphaxiii.polygon.cli.Main %*
exit /b %errorlevel%

:try
for /f "tokens=3" %%v in ('"%~1" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version"') do if %%v geq 25 set "java=%~1"
exit /b 0
