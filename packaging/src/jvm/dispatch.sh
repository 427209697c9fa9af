# Sourced by the launchers, of a checkout and installed: becomes the program that the first argument names.
# Needs $java (the program), $dist (a folder with jvm and, in a checkout, fx), $jars (the folder of the class path) and
# $launcher (what starts all this, for a start at sign-in).
# POSIX sh.

porthole_no_screen() {
  echo "porthole: $1" >&2
  echo "Without a screen, share a port with: porthole share 3000" >&2
  exit 1
}

# Sets $porthole_system, such as "Linux x86_64".
porthole_is_linux() {
  porthole_system=${porthole_system:-$(uname -sm)}
  case $porthole_system in
    Linux*) ;;
    *) return 1 ;;
  esac
}

# The app's window needs a display and, on Linux, GTK 3.
porthole_check_screen() {
  porthole_is_linux || return 0
  if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    porthole_no_screen "there is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are not set)."
  fi
  # Where Debian has it: asking for all libraries takes longer than anything else here.
  if [ -e "/usr/lib/${porthole_system#* }-linux-gnu/libgtk-3.so.0" ]; then return 0; fi
  porthole_ldconfig=$(command -v ldconfig || echo /sbin/ldconfig)
  [ -x "$porthole_ldconfig" ] || return 0
  "$porthole_ldconfig" -p 2>/dev/null | grep -q 'libgtk-3\.so\.0' ||
    porthole_no_screen "the window needs GTK 3, which is not installed (Debian, Ubuntu: apt install libgtk-3-0)."
}

# Sets $porthole_drawing, the option that says what draws the window; empty where JavaFX finds it out by itself.
porthole_choose_drawing() {
  porthole_drawing=
  porthole_is_linux || return 0
  # JavaFX draws with OpenGL or in software, never with GTK's OpenGL, for which GTK loads a driver all the same.
  GDK_GL=${GDK_GL:-disable}
  export GDK_GL
  # Without a graphics device, OpenGL would be Mesa in software: 80 MiB more than JavaFX's own.
  for porthole_device in /dev/dri/* /dev/nvidia* /dev/dxg; do
    if [ -e "$porthole_device" ]; then return 0; fi
  done
  porthole_drawing=-Dprism.order=sw
}

# $1: app, cli, once or server. Sets $porthole_archive, which may be empty, and $porthole_jars, the class path.
porthole_find_archive() {
  # An archive of what the program loads at its start (src/aot); without one, or with one of another class path, Java goes
  # on without it. It holds for one class path in one order: the archive's maker sorts the jars in the same way. Java 25
  # does not look whether a jar has changed since, and would run the classes that were in it.
  porthole_archive=$dist/aot/$1.aot
  [ -f "$porthole_archive" ] || porthole_archive=
  for porthole_jar in "$jars"/*.jar; do
    if [ "$porthole_jar" -nt "$porthole_archive" ]; then porthole_archive=; fi
  done
  # Ours first: what is not in the archive, such as a resource, is searched for jar by jar.
  porthole_jars=$(
    LC_ALL=C
    printf '%s:' "$jars"/porthole-*.jar
    for porthole_jar in "$jars"/*.jar; do
      case ${porthole_jar##*/} in
        porthole-*) ;;
        *) printf '%s:' "$porthole_jar" ;;
      esac
    done
  )
  porthole_jars=${porthole_jars%:}
}

# Sets $porthole_huge, the option for memory in large pieces: a page at a time takes a tenth of a start. Linux alone knows it,
# and where the kernel was told not to, Java would complain on standard output.
porthole_choose_pages() {
  porthole_huge=
  porthole_pages=${porthole_pages:-/sys/kernel/mm/transparent_hugepage/enabled}
  [ -r "$porthole_pages" ] && read -r porthole_modes <"$porthole_pages" || return 0
  case $porthole_modes in
    *"[always]"* | *"[madvise]"*) porthole_huge=-XX:+UseTransparentHugePages ;;
  esac
}

# $1: cli or server. Becomes its program, so that signals reach it and its exit code is the caller's.
porthole_run() {
  porthole_name=$1
  porthole_main=$2
  shift 2
  # glibc keeps an arena of 64 MiB for each of several threads otherwise, which counts as memory in use.
  MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
  export MALLOC_ARENA_MAX
  # A short command has an archive of its own: what only an agent needs would be mapped and linked for nothing.
  porthole_find_archive "${porthole_once:-$porthole_name}"
  porthole_huge=
  [ -z "$porthole_once" ] || porthole_choose_pages
  exec "$java" ${porthole_archive:+"-XX:AOTCache=$porthole_archive"} "@$dist/jvm/$porthole_name.options" \
    ${porthole_once:+"@$dist/jvm/once.options"} ${porthole_huge:+"$porthole_huge"} \
    "-Dporthole.jvm.options=$dist/jvm" ${launcher:+"-Dporthole.launcher=$launcher"} \
    -cp "$porthole_jars" "$porthole_main" "$@"
}

# Scripts ask it all day long: said by one class of one jar, without an archive.
porthole_version() {
  for porthole_jar in "$jars"/porthole-desktop-app-*.jar; do
    exec "$java" "@$dist/jvm/once.options" -cp "$porthole_jar" dev.porthole.desktop.ProductVersion
  done
}

# Whether these words are a command that asks, answers and ends. What is not known for it, such as an option in front, may
# go on for days.
porthole_is_once() {
  case "${1:-} ${2:-}" in
    "tunnel listen") return 1 ;;
    "tunnel -"*) return 1 ;;
    "tunnel "* | "auth "* | "projects "* | "connectors "* | "keys "* | "config "* | "activity "* | "doctor "*) ;;
    "version "* | "completion "* | "init "* | "down "* | "--help "* | "-h "* | "__manual "* | "__candidates "*) ;;
    *) return 1 ;;
  esac
}

# Becomes the app, which reads its own few arguments.
porthole_app() {
  porthole_check_screen
  porthole_choose_drawing
  porthole_choose_pages
  MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
  export MALLOC_ARENA_MAX
  porthole_find_archive app
  set -- --add-modules javafx.controls -cp "$porthole_jars" dev.porthole.desktop.app.Main "$@"
  # JavaFX is made of modules and says so loudly when it is not run as such; everything else is on the class path.
  # In the installed image its modules are part of the run-time, and there is no folder of them.
  if [ -d "$dist/fx" ]; then
    set -- --module-path "$dist/fx" "$@"
  fi
  exec "$java" ${porthole_archive:+"-XX:AOTCache=$porthole_archive"} "@$dist/jvm/app.options" \
    ${porthole_drawing:+"$porthole_drawing"} ${porthole_huge:+"$porthole_huge"} \
    "-Dporthole.jvm.options=$dist/jvm" ${launcher:+"-Dporthole.launcher=$launcher"} "$@"
}

porthole_dispatch() {
  if [ $# -eq 0 ]; then
    porthole_app
  fi
  case $1 in
    # A start at sign-in, and links: the app asks before it shares.
    --hidden | open | porthole:*)
      porthole_app "$@"
      ;;
    server)
      shift
      porthole_once=
      porthole_run server dev.porthole.server.Main "$@"
      ;;
    *)
      case "$*" in --version | -V) porthole_version ;; esac
      porthole_once=
      porthole_is_once "$@" && porthole_once=once
      porthole_run cli dev.porthole.desktop.cli.Main "$@"
      ;;
  esac
}
