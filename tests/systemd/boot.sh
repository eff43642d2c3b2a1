#!/usr/bin/env bash
# Creates the overlay, installs Clientele as docs/operations.md describes, and executes systemd. run.sh starts it in new namespaces.
set -eux
root=$1 trial=$2 new=$1/new
mount -t tmpfs tmpfs "$root"; mkdir "$root"/{upper,work,new}
mount -t overlay overlay -o "lowerdir=/,upperdir=$root/upper,workdir=$root/work" "$new"
mount -t tmpfs -o mode=1777 tmpfs "$new/tmp"
mkdir -p "$new/trial" "$new/units"; mount --bind "$trial" "$new/trial"
cp deploy/systemd/* "$new/units/"; cp tests/systemd/{install,check}.sh "$new/units/"
install -m 0755 target/debug/clientele "$new/usr/local/bin/"
mount -t tmpfs -o mode=755 tmpfs "$new/dev"
for device in null zero full random urandom tty; do touch "$new/dev/$device"; mount --bind "/dev/$device" "$new/dev/$device"; done
ln -s /proc/self/fd "$new/dev/fd"
mkdir "$new/dev/shm" "$new/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$new/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$new/dev/pts"; ln -s pts/ptmx "$new/dev/ptmx"
chroot "$new" bash /units/install.sh
mount -t proc proc "$new/proc"
mount -t sysfs sysfs "$new/sys"; mount -t cgroup2 cgroup2 "$new/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$new/run"
ip link set lo up
cd "$new"; mkdir -p old; pivot_root . old; umount -l /old
exec env -i container=trial PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --system --unit=trial.service --log-target=journal-or-kmsg --show-status=no
