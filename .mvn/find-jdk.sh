# Sourced by ./mvnw and ./porthole: sets JAVA_HOME to a JDK of at least the release that Porthole needs.
# Looks at PORTHOLE_JAVA_HOME, JAVA_HOME, the PATH, the usual folders of Linux, SDKMAN and macOS, in that order.
# Leaves JAVA_HOME alone and returns 1 when none fits. POSIX sh; no process is started for a JDK that says its release.

porthole_jdk_release=25

# $1: a folder. True if it holds a JDK (a javac too) of the wanted release or later.
porthole_jdk_fits() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  porthole_jdk_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$porthole_jdk_version" ] && [ "$porthole_jdk_version" -ge "$porthole_jdk_release" ]
}

porthole_find_jdk() {
  if [ -n "${PORTHOLE_JAVA_HOME:-}" ]; then
    porthole_jdk_fits "$PORTHOLE_JAVA_HOME" || {
      echo "PORTHOLE_JAVA_HOME: $PORTHOLE_JAVA_HOME (expected: the folder of a JDK $porthole_jdk_release or later)" >&2
      return 1
    }
    JAVA_HOME=$PORTHOLE_JAVA_HOME
    export JAVA_HOME
    return 0
  fi
  porthole_path_java=$(command -v java || true)
  if [ -n "$porthole_path_java" ]; then
    porthole_path_java=$(readlink -f "$porthole_path_java" 2>/dev/null || echo "$porthole_path_java")
    porthole_path_java=${porthole_path_java%/bin/java}
  fi
  for porthole_jdk in "${JAVA_HOME:-}" "$porthole_path_java" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$porthole_jdk" ] || continue
    if porthole_jdk_fits "$porthole_jdk"; then
      JAVA_HOME=$porthole_jdk
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

porthole_say_no_jdk() {
  echo "Porthole needs a JDK $porthole_jdk_release or later and found none (looked at PORTHOLE_JAVA_HOME, JAVA_HOME, the PATH, /usr/lib/jvm, SDKMAN and macOS's folders)." >&2
  echo "Install one from https://adoptium.net or your system's packages, or set PORTHOLE_JAVA_HOME to the folder of one." >&2
}
