# What scripts/moonbeam and scripts/test share: finding and installing packages, configuring,
# compiling, and saying so. Sourced with $root set; all words go to stderr.
# shellcheck shell=sh disable=SC2154

me=${0##*/}
[ "$me" = test ] && me=scripts/test

if [ -t 2 ]; then terminal=yes; else terminal=; fi
if [ -n "$terminal" ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
    bold=$(printf '\033[1m') red=$(printf '\033[31m') plain=$(printf '\033[0m')
else
    bold='' red='' plain=''
fi

say() { printf '%s\n' "$bold$me:$plain $*" >&2; }

die() {
    printf '%s\n' "$bold$me:$plain $red$*$plain" >&2
    exit 1
}

# On a terminal, one line that is written over; elsewhere nothing.
progress() { [ -z "$terminal" ] || printf '\r\033[K%.78s' "$*" >&2; }
progress_done() { [ -z "$terminal" ] || printf '\r\033[K' >&2; }

# ---- Packages ------------------------------------------------------------------------------------

# The groups: base is needed to build, wish may be absent where it cannot be installed, tests and ci
# are for scripts/test.
# group | how to see whether it is there | what it is | Debian | Fedora | Arch | macOS (Homebrew)
packages='
base|header stdio.h|C library headers|libc6-dev|glibc-devel|glibc|-
base|command cc gcc clang|C compiler|gcc|gcc|gcc|-
base|command pkg-config|finds libraries|pkg-config|pkgconf-pkg-config|pkgconf|pkgconf
base|command python3|for the build|python3|python3|python|python3
base|command meson|build system|meson|meson|meson|meson
base|command ninja|build system|ninja-build|ninja-build|ninja|ninja
base|library lua5.4 lua-5.4 lua54 lua|Lua 5.4|liblua5.4-dev|lua-devel lua-static|lua|lua@5.4
base|library gmp|decimal numbers|libgmp-dev|gmp-devel|gmp|gmp
base|library libuv|event loop|libuv1-dev|libuv-devel|libuv|libuv
base|library libcurl|HTTP requests|libcurl4-openssl-dev|libcurl-devel|curl|curl
base|library libmicrohttpd|HTTP servers|libmicrohttpd-dev|libmicrohttpd-devel|libmicrohttpd|libmicrohttpd
wish|file /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/cert.pem /etc/ssl/cert.pem|whom to trust, for HTTPS|ca-certificates|ca-certificates|ca-certificates|ca-certificates
wish|library readline|line editing at the prompt|libreadline-dev|readline-devel|readline|readline
base|library sqlite3|databases|libsqlite3-dev|sqlite-devel|sqlite|sqlite
base|library libcmark|Markdown, for the lessons|libcmark-dev|cmark-devel|cmark|cmark
tests|library cmocka|unit tests in C|libcmocka-dev|libcmocka-devel|cmocka|cmocka
ci|command clang|a second compiler|clang|clang|clang|-
ci|command elixir|what Moonbeam is compared with|elixir erlang-base|elixir erlang|elixir|elixir
'

have() {
    kind=$1
    shift
    case $kind in
        command)
            for name; do command -v "$name" >/dev/null 2>&1 && return 0; done ;;
        library)
            command -v pkg-config >/dev/null 2>&1 || return 1
            for name; do
                if [ "$name" = lua ]; then
                    pkg-config --exists 'lua >= 5.4' 'lua < 5.5' && return 0
                else
                    pkg-config --exists "$name" && return 0
                fi
            done ;;
        file)
            for name; do [ -e "$name" ] && return 0; done ;;
        header)
            for compiler in "${CC:-cc}" gcc clang; do
                echo "#include <$1>" | $compiler -E -x c - >/dev/null 2>&1 && return 0
            done ;;
    esac
    return 1
}

# missing COLUMN GROUP...: the lines "packages|what it is" of what is not there. COLUMN is 1 for
# Debian's package names, 2 for Fedora's, 3 for Arch's, 4 for Homebrew's.
missing() {
    column=$1
    shift
    groups=" $* "
    echo "$packages" | while IFS='|' read -r group check what debian fedora arch macos; do
        case $groups in *" $group "*) ;; *) continue ;; esac
        # shellcheck disable=SC2086  # the check is several words
        if [ -z "$check" ] || have $check </dev/null; then continue; fi
        case $column in
            1) echo "$debian|$what" ;;
            2) echo "$fedora|$what" ;;
            3) echo "$arch|$what" ;;
            4) echo "$macos|$what" ;;
        esac
    done
}

names_of() { echo "$1" | while IFS='|' read -r names _; do [ "$names" = - ] || printf ' %s' "$names"; done; }

# need_packages WHY GROUP...: install what is missing of these groups. Where that cannot be done, say
# what to install, and fail unless only wishes are missing.
need_packages() {
    why=$1
    shift
    lines=$(missing 1 "$@")
    [ -n "$lines" ] || return 0
    only_wishes=
    [ "$lines" != "$(missing 1 wish)" ] || only_wishes=yes
    if ! command -v apt-get >/dev/null 2>&1; then
        [ -z "$only_wishes" ] || return 0
        say "$why, please install first:"
        {
            echo "  Fedora:  sudo dnf install$(names_of "$(missing 2 "$@")")"
            echo "  Arch:    sudo pacman -S$(names_of "$(missing 3 "$@")")"
            echo "  macOS:   xcode-select --install; brew install$(names_of "$(missing 4 "$@")")"
            echo "  Debian:  sudo apt-get install$(names_of "$lines")"
        } >&2
        return 1
    fi
    names=$(names_of "$lines")
    say "$why, these packages are missing:"
    echo "$lines" | while IFS='|' read -r package what; do
        printf '  %-22s %s\n' "$package" "$what" >&2
    done
    sudo=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            [ -z "$only_wishes" ] || return 0
            say "only root can install them, and there is no sudo here. Please run as root:"
            echo "  apt-get install$names" >&2
            return 1
        }
        sudo=sudo
    fi
    say "installing them: ${sudo:+sudo }apt-get install$names"
    # shellcheck disable=SC2086  # no sudo is no word
    [ -z "$sudo" ] || sudo -v || return 1
    set -- /var/lib/apt/lists/*Packages*
    [ -e "$1" ] || apt update
    # A list that is too old names packages that are gone: then fetch it and try once more.
    # shellcheck disable=SC2086  # the names are several words
    if ! apt install $names >/dev/null 2>&1; then
        apt update && apt install $names || return 1
    fi
    say "installed."
}

# apt-get without questions. Its output is shown when it fails, and as progress while it works.
apt() {
    output=$(mktemp)
    {
        $sudo env LC_ALL=C DEBIAN_FRONTEND=noninteractive \
            apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 --no-install-recommends \
            "$@" 2>&1 </dev/null
        echo "status $?"
    } | while IFS= read -r line; do
        echo "$line" >>"$output"
        case $line in
            Get:* | Unpacking* | 'Setting up'*) progress "  $line" ;;
        esac
    done
    progress_done
    if [ "$(tail -n 1 "$output")" = "status 0" ]; then
        rm -f "$output"
    else
        sed '$d' "$output" >&2
        rm -f "$output"
        say "apt-get $1 failed"
        return 1
    fi
}

# ---- Building ------------------------------------------------------------------------------------

# lock FILE, unlock: two starts at the same time don't build at the same time.
lock() {
    mkdir -p "${1%/*}"
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$1"
        flock -n 9 || {
            say "waiting for the build that another start began"
            flock 9
        }
    fi
}
unlock() { exec 9>&-; }

# configure FOLDER OPTION...: make the build folder, unless it is there and was made for this place.
configure() {
    folder=$1
    shift
    if [ -e "$folder/build.ninja" ] && [ "$(cat "$folder/place" 2>/dev/null)" = "$root" ]; then
        return 0
    fi
    rm -rf "$folder"
    mkdir -p "$folder"
    progress "  configuring ${folder#"$root/"}"
    if ! meson setup "$folder" "$root" "$@" >"$folder/configure.log" 2>&1; then
        progress_done
        cat "$folder/configure.log" >&2
        die "cannot configure the build"
    fi
    echo "$root" >"$folder/place"
    progress_done
}

# compile WHAT FOLDER TARGET...: build, with a line of progress; the compiler's output on failure.
compile() {
    what=$1 folder=$2
    shift 2
    log=$folder/compile.log
    announced=$terminal
    { NINJA_STATUS='[%f/%t] ' ninja -C "$folder" "$@" 2>&1 </dev/null; echo "status $?"; } |
        while IFS= read -r line; do
            case $line in
                "["*"] "*)
                    [ -n "$announced" ] || say "$what"
                    announced=yes
                    progress "  $what ${line%%]*}]" ;;
            esac
            printf '%s\n' "$line"
        done >"$log"
    progress_done
    if [ "$(tail -n 1 "$log")" != "status 0" ]; then
        grep -v -e '^\[[0-9]*/[0-9]*\] ' -e '^status [0-9]*$' -e '^ninja: Entering' "$log" >&2
        die "$what failed"
    fi
}
