# Checks of the units. Runs as root inside the booted system.
set -u
cd /
failed=0
check() { if eval "$2"; then echo "passed: $1"; else echo "FAILED: $1"; failed=1; fi; }
until_() { for _ in $(seq 100); do eval "$1" && return 0; sleep 0.2; done; return 1; }
clientele_() { runuser -u clientele -- env $(grep -v '^#\|MAIL_FROM' /etc/clientele/environment) clientele "$@" >/dev/null 2>&1; }
jobs_() { su postgres -c "psql -Atc \"select state, last_error from jobs where kind = '$1' order by id desc limit 1\" clientele"; }

systemctl --version | head -1
su postgres -c "psql -qc \"CREATE ROLE clientele LOGIN PASSWORD 'password'\" -c 'CREATE DATABASE clientele OWNER clientele'"
check "systemd-analyze verify finds no fault" "systemd-analyze verify --man=no /etc/systemd/system/clientele*"
systemctl start clientele.socket clientele.service clientele-worker.service clientele-backup.timer
for unit in clientele.socket clientele.service clientele-worker.service clientele-backup.timer; do
    check "$unit is active" "systemctl is-active -q $unit"
done
check "the panel answers behind its socket" "until_ 'curl -sf http://127.0.0.1:8080/readyz >/dev/null'"
check "the panel runs as its own user" "[ \"\$(ps -o user= -p \$(systemctl show -p MainPID --value clientele))\" != root ]"
check "the worker's directory is root's" "[ \"\$(stat -c %U:%a /var/lib/clientele-worker)\" = root:700 ]"
clientele_ customers add --email a@example.com --company Ltd --new_loginname first
check "a hook runs as root, in /" "until_ 'grep -qx \"customer.added uid=0 cwd=/\" /var/customers/hook.log'"
check "a home belongs to its customer" "until_ '[ \"\$(stat -c %u:%a /var/customers/webs/first)\" = 10000:750 ]'"

# The panel's user creates settings, hooks and links in every directory that it can write.
runuser -u clientele -- sh -c 'cd /var/lib/clientele && printf "hooks_dir = \"/var/lib/clientele/hooks\"\n" > clientele.toml && mkdir hooks &&
    printf "#!/bin/sh\nid > /var/customers/evil\n" > hooks/00-evil && chmod 755 hooks/00-evil && rm -rf outbox && ln -s /etc/cron.d outbox'
systemctl restart clientele-worker.service
check "the worker starts regardless" "systemctl is-active -q clientele-worker.service"
check "root is refused in the panel's directory" "cd /var/lib/clientele; clientele doctor >/dev/null 2>&1; code=\$?; cd /; [ \$code = 2 ]"
clientele_ customers add --email b@example.com --company Ltd --new_loginname second
check "hooks still run from root's directory" "until_ '[ \$(grep -c . /var/customers/hook.log) = 2 ]'"
sed -i 's|^CLIENTELE_HOOKS_DIR=.*|CLIENTELE_HOOKS_DIR=/var/lib/clientele/hooks|' /etc/clientele/environment
systemctl restart clientele.service clientele-worker.service
clientele_ customers add --email c@example.com --company Ltd --new_loginname third
check "a hooks directory of the panel's user is refused" "until_ 'jobs_ find_hooks | grep -q \"waiting|The hooks directory is not used: /var/lib/clientele belongs to another user\"'"
check "no file of the panel's user ran as root, and no mail followed its link" "[ ! -e /var/customers/evil ] && ! ls /etc/cron.d | grep -q eml"
sed -i 's|^CLIENTELE_HOOKS_DIR=.*|CLIENTELE_HOOKS_DIR=/etc/clientele/hooks|' /etc/clientele/environment
systemctl restart clientele.service clientele-worker.service

before=$(systemctl show -p MainPID --value clientele)
systemctl reload clientele
check "a reload changes to a new process" "until_ '[ \$(systemctl show -p MainPID --value clientele) != $before ]'"
systemctl restart clientele.service &
check "a restart refuses no request" "[ \"\$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8080/login)\" = 200 ]"
wait
check "the backup is written" "systemctl start clientele-backup.service"
check "the backup is encrypted and opens with its key" \
    "age -d -i /root/backup.key /var/backups/clientele/*.age | zcat | head -c 40 | grep -q '{\"clientele_backup\":1'"
check "an encrypted backup holds the secret key" \
    "age -d -i /root/backup.key /var/backups/clientele/*.age | zcat | head -1 | grep -q \$(cat /etc/clientele/secret.key)"
check "no unit failed" "[ -z \"\$(systemctl --failed --no-legend --no-pager)\" ]"
for unit in clientele clientele-worker clientele-backup; do systemd-analyze security --no-pager $unit | tail -1; done
[ $failed = 0 ] && echo "ALL PASSED" || journalctl --no-pager -o cat -u 'clientele*' | tail -60
