#!/bin/sh
# Installs Debian packages without letting their services start. Run as root: apt-install.sh <package>...
set -eu
policy=/usr/sbin/policy-rc.d
kept=$policy.before-avizo

# Whoever asks "may this service start?" hears no while we install; what stood there before comes back,
# after a kill too: then the next run of this script finds what was kept.
restore() {
  if grep -qs 'avizo' "$policy"; then rm -f "$policy"; fi
  if [ -e "$kept" ]; then mv -f "$kept" "$policy"; fi
}
trap restore EXIT
trap 'exit 130' INT TERM HUP
restore
if [ -e "$policy" ]; then mv "$policy" "$kept"; fi
printf '#!/bin/sh\n# avizo: no service starts while its package is installed\nexit 101\n' >"$policy"
chmod 755 "$policy"

export DEBIAN_FRONTEND=noninteractive LC_ALL=C
# What the machine has stays: a mail server of its own would make way for another.
options='-y --no-install-recommends --no-remove -o APT::Status-Fd=9 -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120
  -o Acquire::http::Timeout=10 -o Acquire::https::Timeout=10 -o Acquire::Retries=2'

install() {
  # The status has a descriptor of its own: on standard output, packages' own scripts could not write there any more
  # (erlang-base: "echo: I/O error").
  # shellcheck disable=SC2086 # the options are words
  apt-get install $options "$@" 9>&1
}

known() {
  for package; do apt-cache show "$package" >/dev/null 2>&1 || return 1; done
}

is_installed() {
  [ "$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null)" = 'install ok installed' ]
}

# Whose services the machine had before us: those stay as they are.
before=
for package in rabbitmq-server erlang-base postfix dovecot-core opendkim spamassassin; do
  if is_installed "$package"; then before="$before $package "; fi
done

# Else postfix would set itself up as the machine's mail server.
for package; do
  if [ "$package" = postfix ] && ! is_installed postfix; then
    echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
  fi
done

# An install that was cut off blocks every other one; lists that are missing or old find no packages.
dpkg --configure -a
if ! known "$@" || ! install "$@"; then
  apt-get update -o Acquire::http::Timeout=10 -o Acquire::https::Timeout=10 -o Acquire::Retries=2
  install "$@"
fi

was_here() {
  case "$before" in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

# Nor shall services that we brought start at the next boot: what runs here is of our own starting.
disable_brought() {
  package=$1
  shift
  if was_here "$package"; then return; fi
  if is_installed "$package" && [ -d /run/systemd/system ]; then
    systemctl disable --quiet "$@" 2>/dev/null || true
  fi
}
disable_brought rabbitmq-server rabbitmq-server.service
disable_brought erlang-base epmd.socket epmd.service
disable_brought postfix postfix.service postfix-resolvconf.path
disable_brought dovecot-core dovecot.service dovecot.socket
disable_brought opendkim opendkim.service
disable_brought spamassassin spamassassin-maintenance.timer

# Its installation reads keys for updates, which leaves an agent behind.
if is_installed spamassassin && ! was_here spamassassin; then
  gpgconf --homedir /var/lib/spamassassin/sa-update-keys --kill gpg-agent 2>/dev/null || true
fi
