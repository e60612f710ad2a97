#!/bin/sh
# timed.sh INPUT PROGRAM ARGUMENT...: runs the program with the file as its standard input; the last
# line on stderr is its peak memory in KiB and its user and system time in seconds
input=$1
shift
exec /usr/bin/time --quiet --format "%M %U %S" "$@" <"$input"
